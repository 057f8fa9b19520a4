package io.hilum.trainer.net;

import io.hilum.model.Architecture;
import io.hilum.model.weights.Tensor;
import java.util.Map;

/**
 * The weights of EVA-X while it is pre-trained, by the reference's names: a classifier's without {@code fc_norm} and
 * {@code head}, then {@code norm}, {@code lm_head} and {@code mask_token} (eva-x-reference.md, sections 2 and 3).
 */
public final class MaskedWeights {
    /** Outputs for a patch whose own pixels are the target. */
    public static final int PIXELS = Architecture.PATCH * Architecture.PATCH;

    private MaskedWeights() {}

    /**
     * Every weight with its shape, in the order in which the script expects them.
     *
     * @param grid patches a side
     * @param outputs values that are guessed for each masked patch: the teacher's width, or {@link #PIXELS}
     */
    public static Map<String, long[]> shapes(Architecture architecture, int grid, int outputs) {
        return architecture.pretraining(grid, outputs);
    }

    /** How many values those weights guess for a patch. */
    static int outputs(Map<String, Tensor> values) {
        Tensor bias = values.get("lm_head.bias");
        if (bias == null) {
            throw new IllegalArgumentException("The weights have no 'lm_head', so they cannot be pre-trained.");
        }
        return (int) bias.size();
    }
}
