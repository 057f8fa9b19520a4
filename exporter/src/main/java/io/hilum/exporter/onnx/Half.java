package io.hilum.exporter.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.hilum.model.bundle.Precision;

/**
 * Casts between fp32 and the type of a network's products; none where that is fp32.
 *
 * @param emulated rounds to the narrow type but computes in fp32: what a GPU would compute, to the order of its sums,
 *     on a CPU that has no such products
 */
record Half(Ops ops, Precision precision, boolean emulated) {

    Value narrow(Value x) {
        return switch (precision) {
            case FP16 -> narrow(x, TensorProto.DataType.FLOAT16);
            case BF16 -> narrow(x, TensorProto.DataType.BFLOAT16);
            case FP32 -> x;
            case INT8 -> throw new IllegalArgumentException("Integers are no narrower floats.");
        };
    }

    Value widen(Value x) {
        return precision == Precision.FP32 || emulated ? x : ops.cast(x, TensorProto.DataType.FLOAT);
    }

    private Value narrow(Value x, TensorProto.DataType type) {
        Value narrowed = ops.cast(x, type);
        return emulated ? ops.cast(narrowed, TensorProto.DataType.FLOAT) : narrowed;
    }
}
