package io.hilum.phantoms.render;

/** Functions of one variable that give the same bits on every machine: polynomials, square roots and one strict table. */
final class Smooth {

    private static final int STEPS = 2048;
    private static final float[] BELL = new float[STEPS + 1];

    static {
        for (int i = 0; i <= STEPS; i++) {
            double x = 3.0 * i / STEPS;
            BELL[i] = (float) StrictMath.exp(-0.5 * x * x);
        }
    }

    private Smooth() {
    }

    /** 0 below 0, 1 above 1, a cubic between. */
    static float step(float t) {
        if (t <= 0) {
            return 0;
        }
        return t >= 1 ? 1 : t * t * (3 - 2 * t);
    }

    /** Gaussian of x standard deviations; 0 beyond three. */
    static float bell(float x) {
        float at = Math.abs(x) * (STEPS / 3f);
        return at >= STEPS ? 0 : BELL[(int) at];
    }

    /** t to the power p, strictly. */
    static double power(double t, double p) {
        return t <= 0 ? 0 : StrictMath.pow(t, p);
    }
}
