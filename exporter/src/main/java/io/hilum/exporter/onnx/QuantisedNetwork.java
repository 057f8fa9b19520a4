package io.hilum.exporter.onnx;

import io.hilum.model.Architecture;
import io.hilum.model.card.ModelCard;
import io.hilum.model.weights.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Networks in int8: first {@link #probe} is run on films of the training set, then {@link #of} is written with the ranges that
 * it showed. The patch embedding, the last block, pooling, head and Grad-CAM stay fp32.
 */
public final class QuantisedNetwork {

    /** Prefix of an output of {@link #probe}: the smallest value of each channel of a site. */
    public static final String LOW = "low.";
    /** The same of the largest. */
    public static final String HIGH = "high.";
    /** How much of the spread goes into the weights; one half is the paper's. */
    private static final double SHARE = 0.5;
    private static final float LEAST = 1e-5f;

    private QuantisedNetwork() {}

    /** A network in fp32 that also gives the range of each {@link Site} that {@link #of} quantises. */
    public static Network probe(ModelCard card, Map<String, Tensor> tensors) {
        return EvaXGraph.probe(card, tensors);
    }

    /** @param ranges by site, as {@link #probe} names them */
    public static Network of(ModelCard card, Map<String, Tensor> tensors, NetworkForm form, Map<String, ActivationRange> ranges) {
        Weights weights = new Weights(card.architecture(), tensors);
        Map<String, float[]> factors = new LinkedHashMap<>();
        for (int i = 0; i < Architecture.BLOCKS - 1; i++) {
            String name = "blocks." + i + ".";
            BlockWeights block = new BlockWeights(weights, card.architecture(), name, Smoothing.NONE);
            factor(factors, ranges, Site.ATTENTION_IN.of(name), List.of(block.query(), block.key(), block.value()));
            factor(factors, ranges, Site.ATTENTION_OUT.of(name), List.of(block.projection()));
            factor(factors, ranges, Site.MLP_IN.of(name), List.of(block.gate(), block.up()));
            factor(factors, ranges, Site.MLP_OUT.of(name), List.of(block.down()));
        }
        Map<String, ActivationRange> smoothed = new LinkedHashMap<>();
        factors.forEach((site, by) -> smoothed.put(site, ranges.get(site).dividedBy(by)));
        return EvaXGraph.quantised(card, tensors, form, new Smoothing(factors), smoothed);
    }

    /** {@code max|activation|^share / max|weight|^(1 - share)} a channel. */
    private static void factor(Map<String, float[]> factors, Map<String, ActivationRange> ranges, String site, List<Layer> layers) {
        ActivationRange range = ranges.get(site);
        if (range == null) {
            throw new IllegalArgumentException("No range of '" + site + "' was measured.");
        }
        float[] by = new float[range.low().length];
        for (int c = 0; c < by.length; c++) {
            float weight = LEAST;
            for (Layer layer : layers) {
                float[] values = layer.weight().values();
                for (int at = c; at < values.length; at += by.length) {
                    weight = Math.max(weight, Math.abs(values[at]));
                }
            }
            double activation = Math.max(range.largest(c), LEAST);
            by[c] = (float) (Math.pow(activation, SHARE) / Math.pow(weight, 1 - SHARE));
        }
        factors.put(site, by);
    }
}
