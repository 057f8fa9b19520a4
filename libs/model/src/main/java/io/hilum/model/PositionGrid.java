package io.hilum.model;

/**
 * Learned positions for another input size: the row of the class token stays, the grid is resized bicubically
 * (half-pixel centres, a = -0.75, no antialiasing), as the reference does before fine-tuning.
 */
public final class PositionGrid {
    private static final double A = -0.75;

    private PositionGrid() {}

    /**
     * @param positions [1 + from * from, dim], row-major, the class token first
     * @return [1 + to * to, dim]
     */
    public static float[] resize(float[] positions, int from, int to, int dim) {
        if (positions.length != (1 + from * from) * dim) {
            throw new IllegalArgumentException("pos_embed has %d values, but 1 + %d x %d positions of %d need %d."
                .formatted(positions.length, from, from, dim, (1 + from * from) * dim));
        }
        if (from == to) {
            return positions.clone();
        }
        float[] out = new float[(1 + to * to) * dim];
        System.arraycopy(positions, 0, out, 0, dim);
        double[] sum = new double[dim];
        for (int y = 0; y < to; y++) {
            double sy = (y + 0.5) * from / to - 0.5;
            int y0 = (int) Math.floor(sy);
            for (int x = 0; x < to; x++) {
                double sx = (x + 0.5) * from / to - 0.5;
                int x0 = (int) Math.floor(sx);
                java.util.Arrays.fill(sum, 0);
                for (int j = -1; j <= 2; j++) {
                    double wy = cubic(sy - (y0 + j));
                    int py = Math.min(from - 1, Math.max(0, y0 + j));
                    for (int i = -1; i <= 2; i++) {
                        double weight = wy * cubic(sx - (x0 + i));
                        int px = Math.min(from - 1, Math.max(0, x0 + i));
                        int at = (1 + py * from + px) * dim;
                        for (int d = 0; d < dim; d++) {
                            sum[d] += weight * positions[at + d];
                        }
                    }
                }
                int to0 = (1 + y * to + x) * dim;
                for (int d = 0; d < dim; d++) {
                    out[to0 + d] = (float) sum[d];
                }
            }
        }
        return out;
    }

    private static double cubic(double distance) {
        double t = Math.abs(distance);
        if (t <= 1) {
            return ((A + 2) * t - (A + 3)) * t * t + 1;
        }
        return t < 2 ? A * (((t - 5) * t + 8) * t - 4) : 0;
    }
}
