package io.hilum.model.input;

/**
 * Antialiased bicubic resize of grey bytes (a = -0.5, support widened when shrinking), in the fixed-point
 * arithmetic of Pillow: horizontal pass, rounded to bytes, then vertical pass. No state; any thread.
 */
public final class Bicubic {
    private static final double A = -0.5;
    private static final double SUPPORT = 2;
    /** Fraction bits of a coefficient: 32 less 8 for the value, 2 for overshoot. */
    private static final int BITS = 22;

    private Bicubic() {}

    /**
     * Resizes the rectangle x, y, w, h of an image to outW x outH; nothing outside of the rectangle is used.
     *
     * @param source row-major grey bytes, {@code stride} bytes a row
     * @return [outH * outW] grey bytes
     */
    public static byte[] resize(byte[] source, int stride, int x, int y, int w, int h, int outW, int outH) {
        Taps columns = Taps.of(w, outW);
        Taps rows = Taps.of(h, outH);
        byte[] middle = new byte[h * outW];
        for (int r = 0; r < h; r++) {
            int from = (y + r) * stride + x;
            for (int c = 0; c < outW; c++) {
                int sum = 1 << BITS - 1;
                int tap = c * columns.width;
                for (int k = 0, p = from + columns.first[c]; k < columns.count[c]; k++, p++) {
                    sum += (source[p] & 0xff) * columns.weight[tap + k];
                }
                middle[r * outW + c] = clip(sum);
            }
        }
        byte[] out = new byte[outH * outW];
        int[] sums = new int[outW];
        for (int r = 0; r < outH; r++) {
            java.util.Arrays.fill(sums, 1 << BITS - 1);
            for (int k = 0; k < rows.count[r]; k++) {
                int weight = rows.weight[r * rows.width + k];
                int from = (rows.first[r] + k) * outW;
                for (int c = 0; c < outW; c++) {
                    sums[c] += (middle[from + c] & 0xff) * weight;
                }
            }
            for (int c = 0; c < outW; c++) {
                out[r * outW + c] = clip(sums[c]);
            }
        }
        return out;
    }

    private static byte clip(int sum) {
        int value = sum >> BITS;
        return (byte) (value < 0 ? 0 : Math.min(value, 255));
    }

    /** For each output place: the first input place, how many, and their fixed-point weights. */
    private record Taps(int width, int[] first, int[] count, int[] weight) {
        static Taps of(int in, int out) {
            double scale = (double) in / out;
            double filter = Math.max(scale, 1);
            double support = SUPPORT * filter;
            int width = (int) Math.ceil(support) * 2 + 1;
            int[] first = new int[out];
            int[] count = new int[out];
            int[] weight = new int[out * width];
            double[] raw = new double[width];
            for (int i = 0; i < out; i++) {
                double centre = (i + 0.5) * scale;
                int from = Math.max(0, (int) (centre - support + 0.5));
                int to = Math.min(in, (int) (centre + support + 0.5));
                double sum = 0;
                for (int k = 0; k < to - from; k++) {
                    raw[k] = cubic((k + from - centre + 0.5) / filter);
                    sum += raw[k];
                }
                for (int k = 0; k < to - from; k++) {
                    double v = (sum == 0 ? raw[k] : raw[k] / sum) * (1 << BITS);
                    weight[i * width + k] = (int) (v < 0 ? v - 0.5 : v + 0.5);
                }
                first[i] = from;
                count[i] = to - from;
            }
            return new Taps(width, first, count, weight);
        }
    }

    private static double cubic(double distance) {
        double t = Math.abs(distance);
        if (t < 1) {
            return ((A + 2) * t - (A + 3)) * t * t + 1;
        }
        return t < 2 ? (((t - 5) * t + 8) * t - 4) * A : 0;
    }
}
