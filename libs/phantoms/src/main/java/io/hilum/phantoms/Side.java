package io.hilum.phantoms;

/** A side of the patient. A frontal film shows the patient's right on the viewer's left. */
public enum Side {
    RIGHT(-1), LEFT(1);

    private final int sign;

    Side(int sign) {
        this.sign = sign;
    }

    /** Direction on the film, away from the midline: -1 to the viewer's left, +1 to the viewer's right. */
    public int sign() {
        return sign;
    }
}
