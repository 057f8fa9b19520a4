package io.hilum.exporter.onnx;

import io.hilum.model.Architecture;
import io.hilum.model.weights.Tensor;
import java.util.Arrays;
import java.util.Map;

/**
 * The weights of one network, widened to fp32, under the reference's names. B's separate projections are packed
 * as Ti and S have them: q over k over v, gate over value.
 */
public final class Weights {

    private final Architecture architecture;
    private final Map<String, Tensor> tensors;

    Weights(Architecture architecture, Map<String, Tensor> tensors) {
        this.architecture = architecture;
        this.tensors = tensors;
    }

    /**
     * @throws IllegalArgumentException naming the first weight that is missing or misshapen
     */
    static Weights of(Architecture architecture, int grid, int labels, Map<String, Tensor> tensors) {
        architecture.parameters(grid, labels).forEach((name, shape) -> {
            Tensor tensor = tensors.get(name);
            if (tensor == null) {
                throw new IllegalArgumentException("The weights lack '" + name + "', which " + architecture.id() + " needs.");
            }
            if (!Arrays.equals(tensor.shape(), shape)) {
                throw new IllegalArgumentException("The weight '" + name + "' is " + tensor + ", but " + architecture.id()
                        + " with " + labels + " labels and a grid of " + grid + " needs " + Arrays.toString(shape) + ".");
            }
        });
        return new Weights(architecture, tensors);
    }

    Weight get(String name) {
        Tensor tensor = tensors.get(name);
        return new Weight(tensor.shape(), tensor.floats());
    }

    /** [3D, D], rows q, k, v. */
    Weight qkv(String block) {
        return architecture.separateQkv()
                ? Weight.concat(get(block + "attn.q_proj.weight"), get(block + "attn.k_proj.weight"),
                        get(block + "attn.v_proj.weight"))
                : get(block + "attn.qkv.weight");
    }

    /** [3D]: keys have no bias. */
    Weight qkvBias(String block) {
        int dim = architecture.dim();
        return Weight.concat(get(block + "attn.q_bias"), Weight.of(new float[dim], dim), get(block + "attn.v_bias"));
    }

    /** [2F, D]: gate over value. */
    Weight gateAndValue(String block) {
        return architecture.normInMlp()
                ? Weight.concat(get(block + "mlp.w1.weight"), get(block + "mlp.w2.weight"))
                : get(block + "mlp.w12.weight");
    }

    /** [2F]. */
    Weight gateAndValueBias(String block) {
        return architecture.normInMlp()
                ? Weight.concat(get(block + "mlp.w1.bias"), get(block + "mlp.w2.bias"))
                : get(block + "mlp.w12.bias");
    }
}
