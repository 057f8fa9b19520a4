package io.hilum.exporter.onnx;

/** What a consumer of maps does last: bilinear, half-pixel centres, no antialiasing; then min-max again. */
final class Bilinear {

    private Bilinear() {}

    static float[] scaled(float[] cells, int from, int to) {
        float[] fine = new float[to * to];
        float min = Float.POSITIVE_INFINITY;
        float max = Float.NEGATIVE_INFINITY;
        for (int y = 0; y < to; y++) {
            double sy = Math.max(0, (y + 0.5) * from / to - 0.5);
            int y0 = (int) sy;
            int y1 = Math.min(from - 1, y0 + 1);
            for (int x = 0; x < to; x++) {
                double sx = Math.max(0, (x + 0.5) * from / to - 0.5);
                int x0 = (int) sx;
                int x1 = Math.min(from - 1, x0 + 1);
                double top = cells[y0 * from + x0] * (1 - (sx - x0)) + cells[y0 * from + x1] * (sx - x0);
                double bottom = cells[y1 * from + x0] * (1 - (sx - x0)) + cells[y1 * from + x1] * (sx - x0);
                float value = (float) (top * (1 - (sy - y0)) + bottom * (sy - y0));
                fine[y * to + x] = value;
                min = Math.min(min, value);
                max = Math.max(max, value);
            }
        }
        for (int i = 0; i < fine.length; i++) {
            fine[i] = (float) ((fine[i] - min) / (max - min + 1e-7));
        }
        return fine;
    }
}
