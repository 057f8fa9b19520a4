package io.hilum.trainer.pretrain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hilum.model.Architecture;
import io.hilum.model.weights.Tensor;
import io.hilum.trainer.net.Initialisation;
import io.hilum.trainer.net.MaskedWeights;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MaskedStartTest {
    private static final PretrainOptions OPTIONS = PretrainOptions.published(Architecture.EVA_X_TI, 32, 4, 8);

    @Test
    void aPretrainedNormAndMaskTokenAreNotLost() {
        var given = given();
        var fitted = MaskedStart.fit(given, OPTIONS, MaskedWeights.PIXELS);
        assertEquals(MaskedWeights.shapes(Architecture.EVA_X_TI, 2, 256).keySet(), fitted.keySet());
        for (String name : new String[] {"norm.weight", "mask_token", "lm_head.weight", "blocks.11.mlp.w3.weight"}) {
            assertArrayEquals(given.get(name).floats(), fitted.get(name).floats(), name);
        }
        assertArrayEquals(new long[] {1, 5, 192}, fitted.get("pos_embed").shape());
    }

    /** A head that guessed pixels cannot guess a teacher's features; it must be drawn anew, not refused or misread. */
    @Test
    void aHeadOfAnotherTargetIsNotTaken() {
        var fitted = MaskedStart.fit(given(), OPTIONS, 768);
        assertArrayEquals(new long[] {768, 192}, fitted.get("lm_head.weight").shape());
        assertArrayEquals(new long[] {768}, fitted.get("lm_head.bias").shape());
    }

    /** Weights of a grid of 3 whose norm can be told from a new one. */
    private static Map<String, Tensor> given() {
        var all = new LinkedHashMap<>(Initialisation.masked(Architecture.EVA_X_TI, 3, 256, 4));
        float[] norm = new float[192];
        Arrays.fill(norm, 1.5f);
        all.put("norm.weight", Tensor.of(norm, 192));
        return all;
    }
}
