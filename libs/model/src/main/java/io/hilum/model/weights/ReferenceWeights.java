package io.hilum.model.weights;

import io.hilum.model.Architecture;
import io.hilum.model.PositionGrid;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Brings weights as the reference stores them into the form that a classifier here needs: fp32, rotary tables
 * and pre-training parts dropped, positions resized, {@code norm} become {@code fc_norm}.
 */
public final class ReferenceWeights {
    private ReferenceWeights() {}

    /** What becomes of the checkpoint's final {@code norm}; both occur in the reference. */
    public enum FinalNorm {
        /** It becomes {@code fc_norm}, as in the reference's quick start. */
        KEEP,
        /** {@code fc_norm} starts at weight 1, bias 0, as in the reference's fine-tuning loader. */
        FRESH
    }

    /**
     * The body of a classifier (everything but {@code head.*}, which is passed on when present), each tensor F32
     * of the architecture's shape; fails with a sentence naming the first tensor that is missing or misshapen.
     *
     * @param grid patches a side of the new input
     */
    public static Map<String, Tensor> body(Map<String, Tensor> from, Architecture architecture, int grid, FinalNorm norm) {
        var out = new LinkedHashMap<String, Tensor>();
        architecture.parameters(grid, 1).forEach((name, shape) -> {
            Tensor tensor = from.get(name);
            if (name.startsWith("head.")) {
                if (tensor != null) {
                    out.put(name, tensor.toF32());
                }
                return;
            }
            if (name.startsWith("fc_norm.") && tensor == null) {
                out.put(name, finalNorm(from, name, shape, norm));
                return;
            }
            if (tensor == null) {
                throw new IllegalArgumentException("The weights lack '%s', which %s needs.".formatted(name, architecture.id()));
            }
            Tensor fitted = name.equals("pos_embed") ? positions(tensor, architecture.dim(), grid) : tensor.toF32();
            if (!Arrays.equals(fitted.shape(), shape)) {
                throw new IllegalArgumentException("'%s' is %s, but %s needs %s."
                    .formatted(name, tensor, architecture.id(), Arrays.toString(shape)));
            }
            out.put(name, fitted);
        });
        return out;
    }

    private static Tensor finalNorm(Map<String, Tensor> from, String name, long[] shape, FinalNorm norm) {
        Tensor kept = from.get(name.substring("fc_".length()));
        if (norm == FinalNorm.KEEP && kept != null) {
            return kept.toF32();
        }
        float[] values = new float[(int) shape[0]];
        Arrays.fill(values, name.endsWith("weight") ? 1 : 0);
        return Tensor.of(values, shape);
    }

    static Tensor positions(Tensor stored, int dim, int grid) {
        long rows = stored.size() / dim - 1;
        int from = (int) Math.round(Math.sqrt(rows));
        return Tensor.of(PositionGrid.resize(stored.floats(), from, grid, dim), 1, 1L + (long) grid * grid, dim);
    }
}
