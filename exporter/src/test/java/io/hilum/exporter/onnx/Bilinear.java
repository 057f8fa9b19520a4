package io.hilum.exporter.onnx;

/** What a consumer of maps does last: bilinear, half-pixel centres, no antialiasing; then min-max again. */
final class Bilinear {

    private Bilinear() {}

    static float[] scaled(float[] cells, int from, int to) {
        float[] fine = io.hilum.model.input.Bilinear.resize(cells, from, to);
        float min = Float.POSITIVE_INFINITY;
        float max = Float.NEGATIVE_INFINITY;
        for (float value : fine) {
            min = Math.min(min, value);
            max = Math.max(max, value);
        }
        for (int i = 0; i < fine.length; i++) {
            fine[i] = (float) ((fine[i] - min) / (max - min + 1e-7));
        }
        return fine;
    }
}
