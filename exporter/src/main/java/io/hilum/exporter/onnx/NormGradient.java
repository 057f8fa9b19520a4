package io.hilum.exporter.onnx;

import io.hilum.model.Architecture;

/**
 * The way back through a LayerNorm whose input is known: for a gradient g at its output,
 * {@code (gh - mean(gh) - xhat * mean(gh * xhat)) / sigma} with {@code gh = g * gamma}.
 *
 * @param normalised xhat of that forward pass
 * @param inverseDeviation 1 / sigma of that forward pass
 * @param axis the last one, counted from the front (see {@link GradCam})
 */
record NormGradient(Ops ops, Value gamma, Value normalised, Value inverseDeviation, int axis) {

    /** @param input what went into the norm; broadcasts against later gradients */
    static NormGradient of(Ops ops, Value gamma, Value input, int axis) {
        Value centred = ops.sub(input, ops.mean(input, true, axis));
        Value variance = ops.mean(ops.mul(centred, centred), true, axis);
        Value deviation = ops.sqrt(ops.add(variance, ops.graph().constant(Architecture.NORM_EPS)));
        Value inverse = ops.div(ops.graph().constant(1), deviation);
        return new NormGradient(ops, gamma, ops.mul(centred, inverse), inverse, axis);
    }

    Value apply(Value gradient) {
        Value scaled = ops.mul(gradient, gamma);
        Value mean = ops.mean(scaled, true, axis);
        Value along = ops.mul(normalised, ops.mean(ops.mul(scaled, normalised), true, axis));
        return ops.mul(inverseDeviation, ops.sub(ops.sub(scaled, mean), along));
    }
}
