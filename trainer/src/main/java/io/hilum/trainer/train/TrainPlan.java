package io.hilum.trainer.train;

import io.hilum.model.Architecture;
import io.hilum.trainer.data.Augmentation;
import io.hilum.trainer.data.RandAugment;
import io.hilum.trainer.net.AdamW;
import io.hilum.trainer.net.Loss;
import io.hilum.trainer.net.ParameterGroups;
import io.hilum.trainer.net.Precision;
import io.hilum.trainer.recipe.Recipe;
import io.hilum.trainer.recipe.RecipeKey;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a recipe and the command line come to, and what a person should read before it starts.
 *
 * @param options of the training
 * @param remarks sentences
 */
record TrainPlan(TrainOptions options, List<String> remarks) {
    /**
     * @param given what the command line says, by key; it overrules the recipe
     * @param fromWeights whether the training begins with weights; without, all layers must learn alike
     * @param maxSteps ends earlier; 0 for no limit
     */
    static TrainPlan of(Recipe recipe, Map<RecipeKey, String> given, boolean fromWeights, long maxSteps, TrainOptions.Run run) {
        Recipe all = recipe;
        for (var entry : given.entrySet()) {
            all = all.with(entry.getKey(), entry.getValue());
        }
        List<String> remarks = new ArrayList<>();
        if (recipe != Recipe.NONE) {
            remarks.add("Recipe " + recipe.source() + (given.isEmpty() ? "." : "; the command line overrules " + overruled(recipe, given.keySet()) + "."));
        }
        int batch = all.whole(RecipeKey.BATCH);
        // A batch that fits this machine was asked for; the recipe's number of passes belonged to its own batch.
        int accumulate = given.containsKey(RecipeKey.BATCH) && !given.containsKey(RecipeKey.ACCUMULATE) ? 1 : all.whole(RecipeKey.ACCUMULATE);
        double rate = rate(all, given.keySet(), (double) batch * accumulate, remarks);
        double least = all.number(RecipeKey.MIN_LR) * (recipe.says(RecipeKey.MIN_LR) && !given.containsKey(RecipeKey.MIN_LR)
            ? scale(all, (double) batch * accumulate) : 1);
        double layerDecay = layerDecay(all, given.containsKey(RecipeKey.LAYER_DECAY), fromWeights, remarks);
        boolean fixedPatch = all.yes(RecipeKey.STOP_GRAD_CONV1);
        if (fixedPatch && !fromWeights) {
            remarks.add("The patch embedding stays as it was drawn, since stop_grad_conv1 is set and there are no weights to begin with: "
                + "--stop-grad-conv1 false lets it learn.");
        }
        var groups = new ParameterGroups(layerDecay, all.number(RecipeKey.WEIGHT_DECAY), fixedPatch);
        var objective = new Objective(Loss.valueOf(all.word(RecipeKey.LOSS).toUpperCase(Locale.ROOT)), all.word(RecipeKey.SMOOTHING).equals("uncertain"),
            all.number(RecipeKey.BOX_WEIGHT), all.number(RecipeKey.MAP_WEIGHT));
        var options = new TrainOptions(Architecture.of(all.word(RecipeKey.ARCHITECTURE)), all.whole(RecipeKey.SIZE), batch, accumulate,
            all.number(RecipeKey.EPOCHS), all.number(RecipeKey.EPOCH_SHARE), all.number(RecipeKey.WARM_UP), rate, given.containsKey(RecipeKey.MIN_LR) ? least : Math.min(least, rate),
            all.word(RecipeKey.SCHEDULE).equals("fixed"), new AdamW(0.9, all.number(RecipeKey.BETA2), 1e-8, all.number(RecipeKey.CLIP),
                all.number(RecipeKey.EMA), groups), Precision.valueOf(all.word(RecipeKey.PRECISION).toUpperCase(Locale.ROOT)),
            all.number(RecipeKey.DROP_PATH), objective, augmentation(all), all.seed(), maxSteps, run);
        return new TrainPlan(options, List.copyOf(remarks));
    }

    private static String overruled(Recipe recipe, Set<RecipeKey> given) {
        List<String> out = new ArrayList<>();
        for (RecipeKey key : EnumSet.copyOf(given)) {
            out.add(recipe.says(key) ? "%s (%s there)".formatted(key.key(), recipe.values().get(key)) : key.key());
        }
        return String.join(", ", out);
    }

    /** Published rates belong to a number of films a step; the noise of smaller steps asks for smaller ones. */
    private static double scale(Recipe all, double films) {
        return Math.sqrt(films / all.whole(RecipeKey.LR_BATCH));
    }

    private static double rate(Recipe all, Set<RecipeKey> given, double films, List<String> remarks) {
        double said = all.number(RecipeKey.LR);
        if (given.contains(RecipeKey.LR)) {
            remarks.add(String.format(Locale.ROOT, "Learning rate %.3g, as given, for %.0f films a step.", said, films));
            return said;
        }
        double rate = said * scale(all, films);
        remarks.add(String.format(Locale.ROOT, "Learning rate %.3g belongs to %d films a step; a step here has %.0f, so it is %.3g (times sqrt(%.0f/%d)).",
            said, all.whole(RecipeKey.LR_BATCH), films, rate, films, all.whole(RecipeKey.LR_BATCH)));
        return rate;
    }

    private static double layerDecay(Recipe all, boolean given, boolean fromWeights, List<String> remarks) {
        double said = all.number(RecipeKey.LAYER_DECAY);
        if (fromWeights || given) {
            if (!fromWeights && said < 1) {
                remarks.add(String.format(Locale.ROOT, "Layer decay %.2f without weights to begin with: the patch embedding learns %.0f times slower than the head.",
                    said, Math.pow(said, -Architecture.BLOCKS - 1)));
            }
            return said;
        }
        remarks.add(String.format(Locale.ROOT, "Layer decay 1.0, since there are no weights to begin with: %.2f would leave the patch embedding as it was drawn.", said));
        return 1;
    }

    private static Augmentation augmentation(Recipe all) {
        Augmentation base = switch (all.word(RecipeKey.TRANSFORM)) {
            case "augmented" -> Augmentation.PUBLISHED;
            case "resize" -> Augmentation.NONE;
            case "light" -> new Augmentation(0.7, false, 0.1);
            default -> throw new IllegalStateException(all.word(RecipeKey.TRANSFORM));
        };
        boolean operations = all.says(RecipeKey.RAND_AUGMENT) ? all.yes(RecipeKey.RAND_AUGMENT) : base.operations().operations() > 0;
        return new Augmentation(base.shorter(), all.says(RecipeKey.MIN_AREA) ? all.number(RecipeKey.MIN_AREA) : base.minArea(),
            all.says(RecipeKey.FLIP) ? all.yes(RecipeKey.FLIP) : base.flip(),
            all.says(RecipeKey.CONTRAST) ? all.number(RecipeKey.CONTRAST) : base.contrast(), operations ? RandAugment.PUBLISHED : RandAugment.NONE);
    }
}
