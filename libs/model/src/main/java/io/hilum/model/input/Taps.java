package io.hilum.model.input;

/**
 * What each output place of an antialiased bicubic resize takes from the input: {@code count} neighbours from
 * {@code first[c]} on, with fixed-point weights {@code weight[c * count + k]}. Each place has the same number of
 * neighbours (the missing ones weigh 0), so that loops over them have a known length. Immutable; any thread.
 */
record Taps(int count, int[] first, int[] weight) {
    /** Fraction bits of a weight: 32 less 8 for the value, 2 for overshoot. */
    static final int BITS = 22;
    /** Half a grey level, for rounding. */
    static final int HALF = 1 << BITS - 1;
    private static final double A = -0.5;
    private static final double SUPPORT = 2;

    static Taps of(int in, int out) {
        double scale = (double) in / out;
        double filter = Math.max(scale, 1);
        double support = SUPPORT * filter;
        int[] from = new int[out];
        int[] to = new int[out];
        int count = 0;
        for (int i = 0; i < out; i++) {
            double centre = (i + 0.5) * scale;
            from[i] = Math.max(0, (int) (centre - support + 0.5));
            to[i] = Math.min(in, (int) (centre + support + 0.5));
            count = Math.max(count, to[i] - from[i]);
        }
        int[] first = new int[out];
        int[] weight = new int[out * count];
        double[] raw = new double[count];
        for (int i = 0; i < out; i++) {
            double centre = (i + 0.5) * scale;
            double sum = 0;
            for (int k = from[i]; k < to[i]; k++) {
                raw[k - from[i]] = cubic((k - centre + 0.5) / filter);
                sum += raw[k - from[i]];
            }
            first[i] = Math.min(from[i], in - count);
            int at = i * count + from[i] - first[i];
            for (int k = 0; k < to[i] - from[i]; k++) {
                double v = (sum == 0 ? raw[k] : raw[k] / sum) * (1 << BITS);
                weight[at + k] = (int) (v < 0 ? v - 0.5 : v + 0.5);
            }
        }
        return new Taps(count, first, weight);
    }

    private static double cubic(double distance) {
        double t = Math.abs(distance);
        if (t < 1) {
            return ((A + 2) * t - (A + 3)) * t * t + 1;
        }
        return t < 2 ? (((t - 5) * t + 8) * t - 4) * A : 0;
    }
}
