package io.hilum.model.bundle;

/**
 * How far the exported graph is from the trainer's own numbers on the probe inputs.
 *
 * @param inputs how many probe inputs were compared
 * @param maxLogitDifference largest |logit - trainer's logit|
 * @param logitTolerance what was allowed
 * @param maxCamDifference largest |raw map - trainer's raw map| / max |trainer's raw map|, over all maps
 * @param camTolerance what was allowed
 * @param engine who computed the graph, e.g. {@code onnxruntime-1.29.0 cpu fp32}
 */
public record Proof(
        int inputs,
        double maxLogitDifference,
        double logitTolerance,
        double maxCamDifference,
        double camTolerance,
        String engine) {}
