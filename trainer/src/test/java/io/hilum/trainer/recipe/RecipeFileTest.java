package io.hilum.trainer.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecipeFileTest {
    @TempDir Path dir;

    /** The table of reference section 4. */
    @ParameterizedTest
    @CsvSource({
        "cxr14-ti,eva-x-ti,224,256,45,1,5,1e-3,fixed,0.2,14,bce,augmented,none,false,0",
        "cxr14-s,eva-x-s,224,256,30,1,5,1e-3,fixed,0.2,14,bce,augmented,none,false,0",
        "cxr14-b,eva-x-b,224,128,10,1,5,1e-3,fixed,0.2,14,bce,augmented,none,false,0",
        "chexpert-ti,eva-x-ti,224,256,100,0.05,0,1e-3,fixed,0.2,5,bce,resize,uncertain,true,0",
        "chexpert-s,eva-x-s,224,256,60,0.05,0,1e-3,fixed,0.15,5,bce,resize,none,false,14",
        "covidx3-s,eva-x-s,480,128,10,1,1,1e-3,fixed,0.2,3,ce,resize,none,false,0",
        "covidx4-s,eva-x-s,480,128,10,1,1,1e-3,fixed,0.2,2,ce,resize,none,false,0",
        "cxr14-vit-s,vit-s,224,256,75,1,5,2.5e-4,cosine,0.2,14,bce,augmented,none,false,0"})
    void noPublishedRecipeDiffersFromTheReferencesTable(String name, String architecture, int size, int batch, double epochs, double share,
            double warmUp, double lr, String schedule, double dropPath, int classes, String loss, String transform, String smoothing,
            boolean stopGrad, long seed) throws IOException {
        Recipe recipe = Recipe.of(name);
        assertEquals(name, recipe.word(RecipeKey.NAME));
        assertEquals(architecture, recipe.word(RecipeKey.ARCHITECTURE));
        assertEquals(size, recipe.whole(RecipeKey.SIZE));
        assertEquals(batch, recipe.whole(RecipeKey.BATCH));
        assertEquals(4, recipe.whole(RecipeKey.ACCUMULATE), "four GPUs");
        assertEquals(epochs, recipe.number(RecipeKey.EPOCHS));
        assertEquals(share, recipe.number(RecipeKey.EPOCH_SHARE));
        assertEquals(warmUp, recipe.number(RecipeKey.WARM_UP));
        assertEquals(lr, recipe.number(RecipeKey.LR));
        assertEquals(1024, recipe.whole(RecipeKey.LR_BATCH));
        assertEquals(schedule, recipe.word(RecipeKey.SCHEDULE));
        assertEquals(0.55, recipe.number(RecipeKey.LAYER_DECAY));
        assertEquals(0.05, recipe.number(RecipeKey.WEIGHT_DECAY));
        assertEquals(dropPath, recipe.number(RecipeKey.DROP_PATH));
        assertEquals(classes, recipe.classes().size());
        assertEquals(loss, recipe.word(RecipeKey.LOSS));
        assertEquals(transform, recipe.word(RecipeKey.TRANSFORM));
        assertEquals(smoothing, recipe.word(RecipeKey.SMOOTHING));
        assertEquals(stopGrad, recipe.yes(RecipeKey.STOP_GRAD_CONV1));
        assertEquals(seed, recipe.seed());
    }

    @Test
    void everyPublishedRecipeIsListed() throws IOException {
        assertEquals(8, Recipe.PUBLISHED.size());
        for (String name : Recipe.PUBLISHED) {
            assertTrue(Recipe.of(name).says(RecipeKey.ABOUT), name);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"drop_path: 1.5|own.yaml: drop_path must be 0 or more, below 1, not '1.5'.",
        "size: 225|own.yaml: size must be a multiple of 16 from 16 to 2048, not '225'.",
        "loss: focal|own.yaml: loss must be bce or ce, not 'focal'.",
        "flip: maybe|own.yaml: flip must be true or false, not 'maybe'.",
        "epochs: [1, 2]|own.yaml: epochs must be above 0, not '1,2'.",
        "lr: NaN|own.yaml: lr must be above 0, below 1, not 'NaN'.",
        "dropout: 0.1|own.yaml: there is no key 'dropout'; there are name, about, architecture, size,",
        "epochs: 1\nepochs: 2|own.yaml, line 2, is no YAML",
        "epochs: {|own.yaml, line",
        "nothing|own.yaml must be a list of lines 'key: value'."})
    void aWrongFileIsNotTakenForARecipe(String both) {
        String[] parts = both.split("\\|");
        var e = assertThrows(Exception.class, () -> Recipe.parse("own.yaml", parts[0] + "\n"));
        assertTrue(e.getMessage().startsWith(parts[1]), e.getMessage());
    }

    @Test
    void anOwnFileIsRefusedOnlyWhenItIsWrong() throws IOException {
        Path file = dir.resolve("own.yaml");
        Files.writeString(file, "epochs: 3\nclasses: [A, B]\nlr: 2e-4 # with a remark\n");
        Recipe own = Recipe.of(file.toString());
        assertEquals(3, own.number(RecipeKey.EPOCHS));
        assertEquals(2e-4, own.number(RecipeKey.LR));
        assertEquals(0.1, own.number(RecipeKey.DROP_PATH), "what it does not say is as without a recipe");
        assertEquals(java.util.List.of("A", "B"), own.classes());
        var e = assertThrows(IOException.class, () -> Recipe.of("cxr15"));
        assertTrue(e.getMessage().contains("cxr14-ti"), e.getMessage());
    }

    @Test
    void theCommandLineIsCheckedLikeAFile() throws IOException {
        Recipe recipe = Recipe.of("cxr14-ti");
        assertEquals(0.3, recipe.with(RecipeKey.DROP_PATH, "0.3").number(RecipeKey.DROP_PATH));
        var e = assertThrows(IllegalArgumentException.class, () -> recipe.with(RecipeKey.DROP_PATH, "x"));
        assertEquals("--drop-path must be 0 or more, below 1, not 'x'.", e.getMessage());
    }
}
