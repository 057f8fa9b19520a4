package io.hilum.model.input;

/**
 * Bilinear resize of square maps of numbers, half-pixel centres, edges repeated, not antialiased: how the reference makes the
 * input of its Grad-CAM and brings heat maps to the size of the input. No state; any thread.
 */
public final class Bilinear {
    private Bilinear() {}

    /**
     * @param values [from * from]
     * @return [to * to]
     */
    public static float[] resize(float[] values, int from, int to) {
        float[] out = new float[to * to];
        for (int y = 0; y < to; y++) {
            double sy = place(y, from, to);
            int up = (int) sy;
            int down = Math.min(from - 1, up + 1);
            for (int x = 0; x < to; x++) {
                double sx = place(x, from, to);
                int left = (int) sx;
                int right = Math.min(from - 1, left + 1);
                double above = mix(values[up * from + left], values[up * from + right], sx - left);
                double below = mix(values[down * from + left], values[down * from + right], sx - left);
                out[y * to + x] = (float) mix(above, below, sy - up);
            }
        }
        return out;
    }

    private static double place(int i, int from, int to) {
        return Math.max(0, (i + 0.5) * from / to - 0.5);
    }

    private static double mix(double a, double b, double share) {
        return a * (1 - share) + b * share;
    }
}
