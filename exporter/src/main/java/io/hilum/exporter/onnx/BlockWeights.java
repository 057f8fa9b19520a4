package io.hilum.exporter.onnx;

import io.hilum.model.Architecture;

/**
 * The layers of one block, packed weights taken apart.
 *
 * @param name prefix of the block's weights, such as {@code blocks.3.}
 * @param smoothing applied to all of them
 */
record BlockWeights(Weights weights, Architecture architecture, String name, Smoothing smoothing) {

    /**
     * [D,D], rows in the order of {@link Rotation}, times 1/8, the attention's scale: a power of two, so the fold is exact,
     * and the scale is on q before the product, as fused attention kernels want it.
     */
    Layer query() {
        double scale = 1 / Math.sqrt(Architecture.HEAD_DIM);
        return into(Site.ATTENTION_IN, new Layer(name + "attn.query", Rotation.reordered(part(weights.qkv(name), 0)).times(scale),
                Rotation.reordered(part(weights.qkvBias(name), 0)).times(scale)));
    }

    /** [D,D], rows in the order of {@link Rotation}. */
    Layer key() {
        return into(Site.ATTENTION_IN, new Layer(name + "attn.key", Rotation.reordered(part(weights.qkv(name), 1)),
                Rotation.reordered(part(weights.qkvBias(name), 1))));
    }

    /** [D,D]. */
    Layer value() {
        return outOf(Site.ATTENTION_OUT, into(Site.ATTENTION_IN,
                new Layer(name + "attn.value", part(weights.qkv(name), 2), part(weights.qkvBias(name), 2))));
    }

    /** [D,D]. */
    Layer projection() {
        return into(Site.ATTENTION_OUT, stored("attn.proj"));
    }

    /** [F,D]. */
    Layer gate() {
        return into(Site.MLP_IN,
                new Layer(name + "mlp.gate", half(weights.gateAndValue(name), 0), half(weights.gateAndValueBias(name), 0)));
    }

    /** [F,D]: the value half of the SwiGLU. */
    Layer up() {
        Layer up = into(Site.MLP_IN,
                new Layer(name + "mlp.up", half(weights.gateAndValue(name), 1), half(weights.gateAndValueBias(name), 1)));
        return hasInnerNorm() ? up : outOf(Site.MLP_OUT, up);
    }

    /** Whether a norm stands before {@link #down}. */
    boolean hasInnerNorm() {
        return architecture.normInMlp();
    }

    /** [D,F]. */
    Layer down() {
        return into(Site.MLP_OUT, stored("mlp.w3"));
    }

    /** Gain and bias of norm1 [D], norm2 [D] or the inner norm [F]. */
    Layer norm(Norm which) {
        return outOf(which.site, stored(which.id));
    }

    /** The norms of a block, each with the place that its output goes to. */
    enum Norm {
        FIRST("norm1", Site.ATTENTION_IN), SECOND("norm2", Site.MLP_IN), INNER("mlp.ffn_ln", Site.MLP_OUT);

        private final String id;
        private final Site site;

        Norm(String id, Site site) {
            this.id = id;
            this.site = site;
        }
    }

    private Layer into(Site site, Layer layer) {
        return smoothing.into(site.of(name), layer);
    }

    private Layer outOf(Site site, Layer layer) {
        return smoothing.outOf(site.of(name), layer);
    }

    private Layer stored(String rest) {
        return new Layer(name + rest, weights.get(name + rest + ".weight"), weights.get(name + rest + ".bias"));
    }

    private Weight part(Weight packed, int which) {
        return packed.firstAxis(which * architecture.dim(), architecture.dim());
    }

    private Weight half(Weight packed, int which) {
        return packed.firstAxis(which * architecture.hidden(), architecture.hidden());
    }
}
