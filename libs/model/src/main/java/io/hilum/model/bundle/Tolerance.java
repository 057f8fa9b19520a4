package io.hilum.model.bundle;

/**
 * How far two computations of the same network in fp32 may differ. Measured differences between machines, batch
 * sizes and thread counts are about 1e-6; a wrong operator or a flipped weight moves logits by 1e-3 and more.
 */
public final class Tolerance {

    private static final double LOGITS = 5e-5;
    /** Of raw maps, relative to the largest absolute value of the map. */
    public static final double CAM = 1e-4;

    private Tolerance() {}

    /** Of logits: absolute below 1, relative above. */
    public static double logits(float[] expected) {
        return LOGITS * Math.max(1, largest(expected));
    }

    /** The largest absolute value. */
    public static double largest(float[] values) {
        double largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    /** The largest absolute difference; infinite when one of them is no number. */
    public static double difference(float[] expected, float[] actual) {
        double largest = 0;
        for (int i = 0; i < expected.length; i++) {
            double difference = Math.abs((double) expected[i] - actual[i]);
            largest = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(largest, difference);
        }
        return largest;
    }
}
