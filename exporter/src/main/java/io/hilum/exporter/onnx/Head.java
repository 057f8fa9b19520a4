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
        Value norm = graph.constant("fc_norm.weight", weights.get("fc_norm.weight"));
        Value features = ops.layerNorm(pooled, norm, graph.constant("fc_norm.bias", weights.get("fc_norm.bias")),
                Architecture.NORM_EPS);
        Value weight = graph.constant("head.weight", weights.get("head.weight"));
        Value logits = Block.linear(ops, features, weight, graph.constant("head.bias", weights.get("head.bias")));
        return new Head(pooled, norm, weight, logits);
    }
}
