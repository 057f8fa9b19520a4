package io.hilum.trainer.pretrain;

import io.hilum.model.Architecture;
import io.hilum.model.weights.ReferenceWeights;
import io.hilum.model.weights.Tensor;
import io.hilum.trainer.net.Initialisation;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Weights to go on pre-training from: what a file has, and what it lacks drawn by the seed. */
final class MaskedStart {
    private MaskedStart() {}

    /**
     * Positions are resized to the input; {@code lm_head} is kept only when it guesses as many values; other heads are left out.
     *
     * @param outputs values guessed for each patch
     */
    static Map<String, Tensor> fit(Map<String, Tensor> given, PretrainOptions options, int outputs) {
        int grid = Architecture.grid(options.size());
        var all = new LinkedHashMap<>(Initialisation.masked(options.architecture(), grid, outputs, options.seed()));
        ReferenceWeights.body(given, options.architecture(), grid, ReferenceWeights.FinalNorm.KEEP).forEach((name, tensor) -> {
            if (name.startsWith("fc_norm.")) {
                all.put(name.substring("fc_".length()), tensor);
            } else if (!name.startsWith("head.")) {
                all.put(name, tensor);
            }
        });
        Tensor head = given.get("lm_head.weight");
        boolean fits = head != null && Arrays.equals(head.shape(), all.get("lm_head.weight").shape());
        for (String name : new String[] {"mask_token", "lm_head.weight", "lm_head.bias"}) {
            if (given.containsKey(name) && (fits || name.equals("mask_token"))) {
                all.put(name, given.get(name).toF32());
            }
        }
        return all;
    }
}
