package io.hilum.model.weights;

import io.hilum.model.Architecture;
import io.hilum.model.PositionGrid;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings weights as the reference stores them into the form that a classifier here needs: fp32, rotary tables
 * and pre-training parts dropped, positions resized, {@code norm} become {@code fc_norm}. {@link WeightImport} does the
 * same and tells what it did.
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
        var file = new WeightFile(Path.of("weights"), "weights", from, List.of(), Map.of());
        return classifier(WeightImport.of(file, new WeightImport.Options(architecture, grid, norm, false)));
    }

    /** What {@link #body} gives, of weights that were imported without their pre-training parts. */
    public static Map<String, Tensor> classifier(WeightImport imported) {
        int blocks = imported.found().blocks();
        if (blocks != Architecture.BLOCKS) {
            throw new IllegalArgumentException("The weights have %d blocks; a classifier needs %d. They can only be a teacher of pre-training."
                .formatted(blocks, Architecture.BLOCKS));
        }
        Architecture architecture = imported.found().architecture();
        var out = new LinkedHashMap<String, Tensor>();
        architecture.parameters(imported.grid(), 1).forEach((name, shape) -> {
            Tensor tensor = imported.tensors().get(name);
            if (tensor != null) {
                out.put(name, tensor);
            } else if (name.startsWith("fc_norm.")) {
                float[] fresh = new float[(int) shape[0]];
                Arrays.fill(fresh, name.endsWith("weight") ? 1 : 0);
                out.put(name, Tensor.of(fresh, shape));
            }
        });
        return out;
    }

    static Tensor positions(Tensor stored, int dim, int grid) {
        return Tensor.of(PositionGrid.resize(stored.floats(), Recognition.grid(stored), grid, dim), 1, 1L + (long) grid * grid, dim);
    }
}
