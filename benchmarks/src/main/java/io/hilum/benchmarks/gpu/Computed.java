package io.hilum.benchmarks.gpu;

/**
 * What a side computed of a model's reference inputs.
 *
 * @param logits [N,L], of all inputs
 * @param raw Grad-CAM before ReLU [n,K,g*g] of the first n inputs; null without maps
 */
record Computed(float[][] logits, float[][][] raw) {}
