package io.hilum.exporter.onnx;

import java.util.Map;

/**
 * Moves the spread between channels from activations, which share one scale, into weights, which have one an output: each
 * channel is divided by a factor where it is made and multiplied by it where it is used. The network computes the same
 * (Xiao et al., "SmoothQuant", ICML 2023).
 *
 * @param factors by {@link Site#of}, one a channel
 */
record Smoothing(Map<String, float[]> factors) {

    static final Smoothing NONE = new Smoothing(Map.of());
    private static final String SUFFIX = ".smoothed";

    /** A layer that uses the channels of a site: [out, in], columns times the factors. */
    Layer into(String site, Layer layer) {
        float[] by = factors.get(site);
        if (by == null) {
            return layer;
        }
        float[] weight = layer.weight().values().clone();
        for (int i = 0; i < weight.length; i++) {
            weight[i] *= by[i % by.length];
        }
        return new Layer(named(layer), new Weight(layer.weight().shape(), weight), layer.bias());
    }

    /** A layer or norm that makes the channels of a site: rows and bias divided by the factors. */
    Layer outOf(String site, Layer layer) {
        float[] by = factors.get(site);
        return by == null ? layer : new Layer(named(layer), divided(layer.weight(), by), divided(layer.bias(), by));
    }

    private static Weight divided(Weight weight, float[] by) {
        float[] values = weight.values().clone();
        int width = values.length / by.length;
        for (int i = 0; i < values.length; i++) {
            values[i] /= by[i / width];
        }
        return new Weight(weight.shape(), values);
    }

    private static String named(Layer layer) {
        return layer.name().endsWith(SUFFIX) ? layer.name() : layer.name() + SUFFIX;
    }
}
