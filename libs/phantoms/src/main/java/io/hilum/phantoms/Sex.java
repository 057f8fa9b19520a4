package io.hilum.phantoms;

/** Patient's sex as drawn; the code is that of DICOM (0010,0040). */
public enum Sex {
    FEMALE("F"), MALE("M");

    private final String code;

    Sex(String code) {
        this.code = code;
    }

    /** "F" or "M". */
    public String code() {
        return code;
    }
}
