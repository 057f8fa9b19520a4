package io.hilum.exporter.onnx;

import io.hilum.model.Architecture;

/**
 * From the last block to logits: mean over patch tokens, fc_norm, linear.
 *
 * @param pooled mean over patch tokens, input of fc_norm [B,D]
 * @param norm fc_norm's weight [D]
 * @param weight [L,D]
 * @param logits [B,L]
 */
record Head(Value pooled, Value norm, Value weight, Value logits) {

    static Head of(Ops ops, Weights weights, Value tokens, int patches) {
        GraphBuilder graph = ops.graph();
        Value pooled = ops.mean(ops.slice(tokens, 1, 1, 1L + patches), false, 1);
        Layer head = new Layer("head", weights.get("head.weight"), weights.get("head.bias"));
        Value logits = ops.gemm(norm(ops, weights, "fc_norm", pooled), head.weight(graph), head.bias(graph));
        return new Head(pooled, graph.constant("fc_norm.weight", weights.get("fc_norm.weight")), head.weight(graph), logits);
    }

    /** A LayerNormalization node with the weights of that name. */
    static Value norm(Ops ops, Weights weights, String name, Value x) {
        GraphBuilder graph = ops.graph();
        return ops.layerNorm(x, graph.constant(name + ".weight", weights.get(name + ".weight")),
                graph.constant(name + ".bias", weights.get(name + ".bias")), Architecture.NORM_EPS);
    }
}
