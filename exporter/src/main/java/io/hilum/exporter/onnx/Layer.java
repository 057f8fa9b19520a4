package io.hilum.exporter.onnx;

/**
 * A linear layer, x W^T + b. Its constants have the same names in every network, so that all networks of a bundle share
 * them.
 *
 * @param name such as {@code blocks.3.attn.query}
 * @param weight as stored, [out, in]
 * @param bias [out]
 */
record Layer(String name, Weight weight, Weight bias) {

    Value weight(GraphBuilder graph) {
        return graph.constant(name + ".weight", weight);
    }

    Value bias(GraphBuilder graph) {
        return graph.constant(name + ".bias", bias);
    }
}
