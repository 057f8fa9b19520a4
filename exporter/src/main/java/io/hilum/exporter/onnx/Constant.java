package io.hilum.exporter.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.hilum.model.weights.DType;
import io.hilum.model.weights.Tensor;

/**
 * A large constant of a network: kept beside the graph, so that all graphs of a bundle share it.
 *
 * @param tensor F32, or I8 for quantised weights
 */
public record Constant(Tensor tensor) {

    public Constant {
        if (tensor.dtype() != DType.F32 && tensor.dtype() != DType.I8) {
            throw new IllegalArgumentException("Constants are F32 or I8, not " + tensor.dtype() + ".");
        }
    }

    static Constant of(Weight weight) {
        return new Constant(Tensor.of(weight.values(), weight.shape()));
    }

    TensorProto.DataType type() {
        return tensor.dtype() == DType.F32 ? TensorProto.DataType.FLOAT : TensorProto.DataType.INT8;
    }

    /** Two graphs may give one name to the same values only. */
    boolean sameAs(Constant other) {
        return tensor.dtype() == other.tensor.dtype() && tensor.data().equals(other.tensor.data());
    }
}
