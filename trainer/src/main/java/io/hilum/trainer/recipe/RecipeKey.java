package io.hilum.trainer.recipe;

import io.hilum.model.Architecture;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Every key of a recipe, in the order of a recipe file. The same table makes the options of {@code train}, so that
 * whatever a file can say the command line can overrule, with the same checks and the same sentences.
 */
public enum RecipeKey {
    NAME("", "", Kind.TEXT, "what the recipe is called"),
    ABOUT("", "", Kind.TEXT, "where it comes from"),
    ARCHITECTURE("--arch", "eva-x-ti", Kind.word(Arrays.stream(Architecture.values()).map(Architecture::id).toList()),
        "the network"),
    SIZE("--size", "224", Kind.whole("a multiple of 16 from 16 to 2048", v -> v >= 16 && v <= 2048 && v % 16 == 0),
        "side of the input; smaller is faster, and the result can be continued larger with --from"),
    BATCH("--batch", "32", Kind.whole("a whole number from 1 to 65536", v -> v >= 1 && v <= 65536),
        "films in memory at once; more memory, fewer steps"),
    ACCUMULATE("--accumulate", "1", Kind.whole("a whole number from 1 to 65536", v -> v >= 1 && v <= 65536),
        "batches whose gradients make one step; the step is that of one large batch, in the memory of a small one. Back to 1 when --batch is given alone"),
    EPOCHS("--epochs", "10", Kind.number("above 0", v -> v > 0), "times that the films are seen"),
    EPOCH_SHARE("--epoch-share", "1", Kind.number("above 0, at most 1", v -> v > 0 && v <= 1),
        "share of the films that makes an epoch, drawn anew for each"),
    WARM_UP("--warm-up", "0.5", Kind.number("0 or more", v -> v >= 0), "epochs of rising learning rate; must end before the epochs do"),
    LR("--lr", "1e-3", Kind.number("above 0, below 1", v -> v > 0 && v < 1),
        "peak learning rate, taken as it is; when not given, the recipe's, scaled by sqrt(films a step / its lr_batch of 1024). Too high and the loss stays flat or is not finite"),
    LR_BATCH("", "1024", Kind.whole("a whole number of at least 1", v -> v >= 1), "films a step to which the recipe's lr belongs"),
    SCHEDULE("--schedule", "cosine", Kind.word(List.of("fixed", "cosine")), "the rate after the warm-up"),
    MIN_LR("--min-lr", "1e-6", Kind.number("0 or more, below 1", v -> v >= 0 && v < 1), "where the cosine ends; unused when fixed"),
    LAYER_DECAY("--layer-decay", "0.55", Kind.number("above 0, at most 1", v -> v > 0 && v <= 1),
        "lower layers learn slower by this factor; 1 without --from, unless given, since below 1 a drawn patch kernel would stay as drawn"),
    WEIGHT_DECAY("--weight-decay", "0.05", Kind.number("0 or more, below 1", v -> v >= 0 && v < 1), "pull of the matrices towards 0"),
    BETA2("--beta2", "0.999", Kind.number("0 or more, below 1", v -> v >= 0 && v < 1),
        "AdamW's second decay; 0.98 follows faster when starting from scratch"),
    CLIP("--clip", "0", Kind.number("0 or more", v -> v >= 0), "largest gradient norm; 0 for none"),
    EMA("--ema", "0", Kind.number("0 or more, below 1", v -> v >= 0 && v < 1), "decay of the moving average of weights; 0 for none"),
    DROP_PATH("--drop-path", "0.1", Kind.number("0 or more, below 1", v -> v >= 0 && v < 1), "too high on little data and nothing is learned"),
    CLASSES("", "", Kind.NAMES, "labels that the recipe was published for; other films train with a remark"),
    LOSS("--loss", "bce", Kind.word(List.of("bce", "ce")),
        "bce: each label for itself, unknown ones left out; ce: exactly one of the labels (softmax), films with an unknown one left out"),
    SMOOTHING("--smoothing", "none", Kind.word(List.of("none", "uncertain")),
        "uncertain: labels that a policy made of 'uncertain' become one value for each label, drawn from 0.7..0.8 (1) or 0.2..0.3 (0)"),
    STOP_GRAD_CONV1("--stop-grad-conv1", "false", Kind.YES_NO, "leave the patch kernel as it is; from scratch that means as drawn"),
    TRANSFORM("--transform", "light", Kind.word(List.of("augmented", "resize", "light")),
        "augmented: random crop of 8 % or more, mirrored, RandAugment; resize: films as they are; light: crop of 70 % or more, contrast"),
    MIN_AREA("--min-area", "", Kind.number("above 0, at most 1", v -> v > 0 && v <= 1), "smallest random crop; a small one may lose the finding"),
    FLIP("--flip", "", Kind.YES_NO, "mirror half of the films; wrong where sides matter"),
    RAND_AUGMENT("--rand-augment", "", Kind.YES_NO, "two random changes of grey levels or shape"),
    CONTRAST("--contrast", "", Kind.number("from 0 to 1", v -> v >= 0 && v <= 1), "random change of contrast and brightness"),
    LABEL_FRACTION("--labels", "1", Kind.number("above 0, at most 1", v -> v > 0 && v <= 1),
        "share of the training films that is used, a seeded sample, repeated so that an epoch keeps its length"),
    BOX_WEIGHT("--box-weight", "0", Kind.number("0 or more", v -> v >= 0),
        "weight of the lesions' places where the films have boxes; finds small lesions with fewer films"),
    MAP_WEIGHT("--map-weight", "0", Kind.number("0 or more", v -> v >= 0),
        "with --box-weight: draws the heat maps into the boxes; too high and scores suffer"),
    PRECISION("--precision", "fp32", Kind.word(List.of("fp32", "bf16")),
        "bf16 is nearly twice as fast on processors with AVX512_BF16 or AMX, slow elsewhere"),
    SEED("--seed", "0", Kind.whole("a whole number", v -> true), "of every random draw");

    private final String option;
    private final String standard;
    private final Kind kind;
    private final String meaning;

    RecipeKey(String option, String standard, Kind kind, String meaning) {
        this.option = option;
        this.standard = standard;
        this.kind = kind;
        this.meaning = meaning;
    }

    /** The key in a file: {@code drop_path}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The option of {@code train}; empty when there is none. */
    public String option() {
        return option;
    }

    /** The value without recipe and option; empty when it follows from others. */
    public String standard() {
        return standard;
    }

    /** One line for the help. */
    public String meaning() {
        return meaning;
    }

    /** The allowed values in words. */
    public String allowed() {
        return kind.allowed();
    }

    /** Whether it is true or false. */
    public boolean yesNo() {
        return kind == Kind.YES_NO;
    }

    /**
     * The value of a text.
     *
     * @param where what the sentence about a wrong value begins with
     */
    Object read(String text, String where) {
        Object value = kind.reader().read(text.strip());
        if (value == null) {
            throw new IllegalArgumentException("%s must be %s, not '%s'.".formatted(where, kind.allowed(), text.strip()));
        }
        return value;
    }

    static RecipeKey of(String key, String file) {
        for (RecipeKey k : values()) {
            if (k.key().equals(key)) {
                return k;
            }
        }
        throw new IllegalArgumentException("%s: there is no key '%s'; there are %s.".formatted(file, key,
            Arrays.stream(values()).map(RecipeKey::key).collect(Collectors.joining(", "))));
    }
}
