package io.hilum.trainer.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.model.Architecture;
import io.hilum.trainer.data.Augmentation;
import io.hilum.trainer.net.AdamW;
import io.hilum.trainer.net.Device;
import io.hilum.trainer.net.Loss;
import io.hilum.trainer.net.ParameterGroups;
import io.hilum.trainer.net.Precision;
import io.hilum.trainer.recipe.Recipe;
import io.hilum.trainer.recipe.RecipeKey;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainPlanTest {
    private static final TrainOptions.Run RUN = new TrainOptions.Run(Device.CPU, 2, 120);

    @Test
    void aRecipeFromWeightsIsNotChanged() throws IOException {
        TrainPlan plan = TrainPlan.of(Recipe.of("cxr14-ti"), Map.of(), true, 0, RUN);
        TrainOptions o = plan.options();
        assertEquals(1024, o.stepFilms());
        assertEquals(1e-3, o.learningRate(), 1e-12);
        assertEquals(0.55, o.adam().groups().layerDecay());
        assertEquals(Augmentation.PUBLISHED, o.augmentation());
        assertEquals(0.2, o.dropPath());
        assertTrue(o.constantRate());
    }

    @Test
    void theRateDoesNotStayThatOfALargerStep() throws IOException {
        TrainPlan plan = TrainPlan.of(Recipe.of("cxr14-ti"), Map.of(RecipeKey.BATCH, "16"), true, 0, RUN);
        assertEquals(16, plan.options().stepFilms(), "four passes belonged to four GPUs");
        assertEquals(1e-3 * Math.sqrt(16 / 1024.0), plan.options().learningRate(), 1e-12);
        assertTrue(plan.remarks().contains("Learning rate 0.00100 belongs to 1024 films a step; a step here has 16, so it is 0.000125 (times sqrt(16/1024))."),
            plan.remarks().toString());
        assertEquals(2e-4, TrainPlan.of(Recipe.of("cxr14-ti"), Map.of(RecipeKey.LR, "2e-4"), true, 0, RUN).options().learningRate());
        var baseline = TrainPlan.of(Recipe.of("cxr14-vit-s"), Map.of(RecipeKey.BATCH, "64", RecipeKey.ACCUMULATE, "4"), true, 0, RUN).options();
        assertEquals(2.5e-4 / 2, baseline.learningRate(), 1e-12);
        assertEquals(1e-5 / 2, baseline.minimumRate(), 1e-12);
        assertEquals(5e-7, TrainPlan.of(Recipe.NONE, Map.of(RecipeKey.LR, "5e-7"), true, 0, RUN).options().minimumRate(), "a default that nobody gave follows");
    }

    @Test
    void nothingStaysUntaughtFromScratchUnsaid() throws IOException {
        TrainPlan plan = TrainPlan.of(Recipe.of("chexpert-ti"), Map.of(), false, 0, RUN);
        assertEquals(1, plan.options().adam().groups().layerDecay());
        assertTrue(plan.remarks().stream().anyMatch(r -> r.startsWith("Layer decay 1.0")), plan.remarks().toString());
        assertTrue(plan.remarks().stream().anyMatch(r -> r.startsWith("The patch embedding stays as it was drawn")), plan.remarks().toString());
        assertTrue(plan.options().objective().smooth());
    }

    /** The demo model and older scripts say everything by options. */
    @Test
    void withoutARecipeNothingIsOtherThanBefore() {
        TrainOptions now = TrainPlan.of(Recipe.NONE, Map.of(), false, 0, RUN).options();
        TrainOptions before = new TrainOptions(Architecture.EVA_X_TI, 224, 32, 10, 0.5, 1e-3 * Math.sqrt(32 / 1024.0), 1e-6, false,
            AdamW.published(new ParameterGroups(1, 0.05)), Precision.FP32, 0.1, new Augmentation(0.7, false, 0.1), 0, 0, 0, 2, 120);
        assertEquals(before, now);
    }

    @Test
    void partsThatDoNotGoTogetherAreRefused() {
        for (Map<RecipeKey, String> wrong : java.util.List.of(
                Map.of(RecipeKey.WARM_UP, "10"),
                Map.of(RecipeKey.BOX_WEIGHT, "1"),
                Map.of(RecipeKey.BOX_WEIGHT, "1", RecipeKey.TRANSFORM, "resize", RecipeKey.LOSS, "ce"),
                Map.of(RecipeKey.BOX_WEIGHT, "1", RecipeKey.TRANSFORM, "resize", RecipeKey.ACCUMULATE, "2"),
                Map.of(RecipeKey.LR, "1e-4", RecipeKey.MIN_LR, "2e-4"),
                Map.of(RecipeKey.BATCH, String.valueOf(1 << 20), RecipeKey.ACCUMULATE, String.valueOf(1 << 12)),
                Map.of(RecipeKey.MAP_WEIGHT, "1"))) {
            assertThrows(IllegalArgumentException.class, () -> TrainPlan.of(Recipe.NONE, wrong, false, 0, RUN), wrong.toString());
        }
        assertEquals(Loss.CE, TrainPlan.of(Recipe.NONE, Map.of(RecipeKey.LOSS, "CE"), false, 0, RUN).options().objective().loss());
    }
}
