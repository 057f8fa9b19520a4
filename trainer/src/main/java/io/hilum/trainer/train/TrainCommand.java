package io.hilum.trainer.train;

import io.hilum.model.Architecture;
import io.hilum.model.input.Geometry;
import io.hilum.model.weights.ReferenceWeights.FinalNorm;
import io.hilum.model.weights.Tensor;
import io.hilum.trainer.data.FilmCache;
import io.hilum.trainer.data.FilmSelection;
import io.hilum.trainer.data.Overlap;
import io.hilum.trainer.data.Taught;
import io.hilum.trainer.net.Device;
import io.hilum.trainer.recipe.Recipe;
import io.hilum.trainer.recipe.RecipeKey;
import io.hilum.trainer.weights.StartWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code train}: fine-tunes EVA-X, from weights or from scratch, by a recipe and what the command line overrules. */
@Command(name = "train", mixinStandardHelpOptions = true, showDefaultValues = true, modelTransformer = RecipeOptions.class,
    description = "Fine-tune EVA-X on a cache of films. Killed at any time, the same command goes on; Ctrl-C saves first.")
public final class TrainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;
    @Option(names = "--recipe", description = "cxr14-ti, cxr14-s, cxr14-b, chexpert-ti, chexpert-s, covidx3-s, covidx4-s, the baseline cxr14-vit-s, or a .yaml file; every other option overrules it")
    private String recipeName;
    @Option(names = "--data", required = true, description = "training films (cache)")
    private Path data;
    @Option(names = "--valid", description = "validation films (cache); choose the best epoch, never taught")
    private Path valid;
    @Option(names = "--fold", description = "instead of --valid: 2/5 holds the second of five parts of --data out, by patient, for validation; the same parts whatever --seed")
    private String fold;
    @Option(names = "--fold-seed", defaultValue = "0", description = "another one cuts other parts; results of folds are only comparable and complete under one")
    private long foldSeed;
    @Option(names = "--out", required = true, description = "folder for the model")
    private Path out;
    @Option(names = "--from", description = "weights to begin with (.safetensors or .pt), at any input size; without: from scratch")
    private Path from;
    @Option(names = "--keep-norm", negatable = true, defaultValue = "false", description = "use a checkpoint's norm as fc_norm")
    private boolean keepNorm;
    @Option(names = "--constant-lr", defaultValue = "false", description = "as --schedule fixed")
    private boolean constant;
    @Option(names = "--steps", defaultValue = "0", description = "end after so many steps wherever the schedule is, and measure there; 0: at the schedule's end")
    private long steps;
    @Option(names = "--device", defaultValue = "cpu", description = "cpu or gpu; gpu needs a CUDA device and a start with HILUM_GPU=1 (trainer/README.md)")
    private String device;
    @Option(names = "--threads", defaultValue = "2", description = "threads of libtorch; another number rounds differently")
    private int threads;
    @Option(names = "--save-seconds", defaultValue = "120", description = "time between two saves; what a kill can cost")
    private int saveSeconds;
    @Option(names = "--keep-checkpoints", defaultValue = "false", description = "keep every epoch's weights in checkpoints/; room for all of them, and evaluate --protocol paper can choose among them")
    private boolean keepCheckpoints;
    @Option(names = "--name", description = "the model line; default the recipe's name, or demo")
    private String name;
    @Option(names = "--model-version", defaultValue = "1")
    private String version;

    @Override
    public Integer call() throws IOException {
        Recipe recipe = recipeName == null ? Recipe.NONE : Recipe.of(recipeName);
        Map<RecipeKey, String> given = RecipeOptions.given(spec);
        if (constant) {
            given.put(RecipeKey.SCHEDULE, "fixed");
        }
        TrainPlan plan = TrainPlan.of(recipe, given, from != null, steps, new TrainOptions.Run(Device.of(device), threads, saveSeconds, keepCheckpoints));
        TrainOptions options = plan.options();
        FilmSelection.Parts parts = films(options.seed(), label(recipe, given));
        inherit(parts.held());
        plan.remarks().forEach(System.out::println);
        Map<String, Tensor> start = StartWeights.of(from, options.architecture(), options.size(), parts.train().cache().labelNames().size(),
            keepNorm ? FinalNorm.KEEP : FinalNorm.FRESH, options.seed(), System.out);
        remarkOnFilms(recipe, parts.train().cache());
        System.out.println("Settings: " + options.described());
        String line = name != null ? name : recipe.says(RecipeKey.NAME) ? recipe.word(RecipeKey.NAME) : "demo";
        double best = new FineTuning(options, parts.train(), parts.held(), out, System.out)
            .run(start, new Provenance(line, version, Provenance.history(from)));
        System.out.printf(Locale.ROOT, "Done. Best validation score %.4f. Model: %s%n", best, out.resolve(FineTuning.WEIGHTS));
        return 0;
    }

    /**
     * What the first weights were taught must not choose the epoch, and was taught to what comes of them as well. Pre-training saw
     * no label, and folds of its own films are a fair use of it: there a remark is enough, since no test film is concerned.
     */
    private void inherit(FilmSelection held) throws IOException {
        var before = Taught.beside(from);
        if (before.isPresent()) {
            if (Files.exists(from.toAbsolutePath().resolveSibling(Provenance.FILE))) {
                before.get().refuse(held);
            } else {
                before.get().first(held).ifPresent(film -> System.out.println(film + ": without labels, but the validation score may flatter."));
            }
            if (!Files.exists(out.resolve(SavedState.FILE))) {
                before.get().write(out);
            }
        }
    }

    private static double label(Recipe recipe, Map<RecipeKey, String> given) {
        String text = given.get(RecipeKey.LABEL_FRACTION);
        return (text == null ? recipe : recipe.with(RecipeKey.LABEL_FRACTION, text)).number(RecipeKey.LABEL_FRACTION);
    }

    /** The films to learn from, a share of them when asked, and those that choose the epoch. */
    private FilmSelection.Parts films(long seed, double share) throws IOException {
        if ((valid == null) == (fold == null)) {
            throw new IllegalArgumentException("Give either --valid, films of other patients, or --fold, as 2/5, to hold some of --data out.");
        }
        FilmCache cache = FilmCache.open(data);
        FilmSelection.Parts parts;
        if (fold != null) {
            parts = Fold.of(fold).of(FilmSelection.all(cache), foldSeed);
        } else {
            FilmCache held = FilmCache.open(valid);
            Overlap.refuse(cache, held);
            if (cache.geometry() != null && held.geometry() != null && cache.geometry() != held.geometry()) {
                throw new IllegalArgumentException("The films of %s became square by %s, those of %s by %s: make both sets with one --geometry."
                    .formatted(data, cache.geometry().id(), valid, held.geometry().id()));
            }
            parts = new FilmSelection.Parts(FilmSelection.all(cache), FilmSelection.all(held));
        }
        FilmSelection train = share < 1 ? parts.train().fraction(share, seed) : parts.train();
        System.out.printf(Locale.ROOT, "%d films of %d pixels to learn from%s, %d to choose the epoch by; labels %s.%n", train.different(), cache.size(),
            share < 1 ? " (%s of %d, repeated)".formatted(share, train.films()) : "", parts.held().films(), cache.labelNames());
        return new FilmSelection.Parts(train, parts.held());
    }

    private static void remarkOnFilms(Recipe recipe, FilmCache cache) {
        if (!recipe.classes().isEmpty() && !recipe.classes().equals(cache.labelNames())) {
            System.out.printf("The recipe was published for the labels %s; these films have %s.%n", recipe.classes(), cache.labelNames());
        }
        if (!recipe.classes().isEmpty() && cache.geometry() == Geometry.STRETCH) {
            System.out.println("The recipe was published for the middle square of films; these were stretched to squares (./hilum train films --geometry crop makes the other).");
        }
    }

    /** Architectures by the names used in files. */
    public static final class ArchitectureConverter implements picocli.CommandLine.ITypeConverter<Architecture> {
        @Override
        public Architecture convert(String id) {
            return Architecture.of(id);
        }
    }
}
