package io.hilum.trainer.pretrain;

import io.hilum.model.Architecture;
import io.hilum.model.weights.ReferenceWeights.FinalNorm;
import io.hilum.model.weights.Tensor;
import io.hilum.model.weights.WeightImport;
import io.hilum.trainer.data.Augmentation;
import io.hilum.trainer.data.FilmCache;
import io.hilum.trainer.data.FilmSelection;
import io.hilum.trainer.data.Taught;
import io.hilum.trainer.net.AdamW;
import io.hilum.trainer.net.Device;
import io.hilum.trainer.net.ParameterGroups;
import io.hilum.trainer.net.Precision;
import io.hilum.trainer.train.Provenance;
import io.hilum.trainer.train.TrainCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code pretrain}: masked image modelling on films without labels. */
@Command(name = "pretrain", mixinStandardHelpOptions = true, showDefaultValues = true, sortOptions = false,
    description = "Pre-train EVA-X on films without labels: it guesses patches that it does not see. Killed at any time, the same command "
        + "goes on. The result is for ./hilum train --from OUT/weights.safetensors. The defaults are EVA-02's settings.")
public final class PretrainCommand implements Callable<Integer> {
    @Option(names = "--data", required = true, description = "films (cache); labels are not read. Films that will test the result must not be "
        + "among them, or the test knows them")
    private Path data;
    @Option(names = "--out", required = true, description = "folder for the weights; one with another pre-training in it is refused")
    private Path out;
    @ArgGroup(multiplicity = "0..1")
    private Target target = new Target();
    @Option(names = "--from", description = "weights to begin with (.safetensors or .pt), at any input size; without: from scratch")
    private Path from;
    @Option(names = "--arch", defaultValue = "eva-x-ti", converter = TrainCommand.ArchitectureConverter.class, description = "eva-x-ti, eva-x-s or eva-x-b")
    private Architecture architecture;
    @Option(names = "--size", defaultValue = "224", description = "side of the input, a multiple of 16; half of it is a quarter of the time, and details "
        + "smaller than a pixel are gone")
    private int size;
    @Option(names = "--batch", defaultValue = "64", description = "films a step; more memory, fewer steps")
    private int batch;
    @Option(names = "--accumulate", defaultValue = "1", description = "passes into which a batch is cut: memory of one pass, the step of the whole batch; too many and "
        + "each pass is too small to be fast")
    private int accumulate;
    @ArgGroup(multiplicity = "0..1")
    private Length length = new Length();
    @Option(names = "--data-fraction", defaultValue = "1", description = "share of the films, drawn by the seed and repeated, so that the number of passes "
        + "stays; a small one is learned by heart")
    private double fraction;
    @Option(names = "--mask-ratio", defaultValue = "0.3", description = "share of masked patches; too low and the neighbours tell the answer, too high and "
        + "too little is left to reason from")
    private double maskRatio;
    @Option(names = "--crop-scale", defaultValue = "0.2", description = "smallest crop as a share of the area; too small and places in the chest are not "
        + "learned, 1 and a small set is learned by heart")
    private double cropScale;
    @Option(names = "--flip", negatable = true, defaultValue = "true", fallbackValue = "true", description = "mirror half of the films; off where a mirrored heart must look odd")
    private boolean flip;
    @Option(names = "--lr", description = "peak learning rate; default 3e-3 * sqrt(batch / 4000), B 1.5e-3 * sqrt(batch / 2048); too high and the loss "
        + "rises or is not finite, too low and it stays near its beginning")
    private Double learningRate;
    @Option(names = "--min-lr", description = "where the cosine ends; default 1e-5, or --lr where that is lower. One above --lr is refused")
    private Double lastRate;
    @Option(names = "--warm-up", defaultValue = "1", description = "epochs of rising learning rate; too short for a high rate and the loss gets stuck")
    private double warmUp;
    @Option(names = "--weight-decay", defaultValue = "0.05", description = "too high for a long training and weights vanish")
    private double weightDecay;
    @Option(names = "--beta2", defaultValue = "0.98", description = "AdamW's second decay; close to 1 and one bad batch is remembered for long")
    private double beta2;
    @Option(names = "--clip", defaultValue = "3", description = "largest gradient norm; 0 for none, and one bad batch may undo much")
    private double clip;
    @Option(names = "--ema", defaultValue = "0", description = "decay of the moving average of weights; 0 for none. Too high for a short training and "
        + "the average still holds the beginning")
    private double ema;
    @Option(names = "--stop-grad-conv1", negatable = true, defaultValue = "true", fallbackValue = "true", description = "let a tenth of the gradient through to the patch kernel")
    private boolean stopGradConv1;
    @Option(names = "--precision", defaultValue = "FP32", description = "${COMPLETION-CANDIDATES}; BF16 is nearly twice as fast on processors with AVX512_BF16 or "
        + "AMX, and slow on others")
    private Precision precision;
    @Option(names = "--device", defaultValue = "cpu", description = "cpu or gpu; gpu is refused where there is none")
    private String device;
    @Option(names = "--threads", defaultValue = "2", description = "threads of libtorch; more than free cores and it gets slower; another number gives other last digits")
    private int threads;
    @Option(names = "--seed", defaultValue = "0", description = "of weights, order, crops and masks")
    private long seed;
    @Option(names = "--save-seconds", defaultValue = "120", description = "time between two saves; what a kill can cost")
    private int saveSeconds;

    /** What is guessed: one of the two. */
    static final class Target {
        @Option(names = "--tokenizer", description = "a frozen teacher whose features are guessed (.safetensors, .pt or .ckpt; MGCA's ViT-B/16, any ViT or EVA-X); "
            + "costs its forward pass in each step, and what it does not see is not learned")
        private Path tokenizer;
        @Option(names = "--target", description = "PIXELS (what holds without --tokenizer): the masked patches' own pixels; needs no teacher, and in the paper "
            + "learns less than with one")
        private Kind kind;

        /** What needs no teacher. */
        enum Kind { PIXELS }
    }

    /** How long: one of the two. */
    static final class Length {
        @Option(names = "--epochs", description = "how often every film is looked at (30 without --passes)")
        private Double epochs;
        @Option(names = "--passes", description = "films looked at in all: equal for different --data and --data-fraction")
        private Long passes;

        long passes(int films) {
            return passes != null ? passes : Math.round((epochs != null ? epochs : 30) * films);
        }
    }

    @Override
    public Integer call() throws IOException {
        FilmSelection films = FilmSelection.all(FilmCache.open(data));
        if (fraction != 1) {
            films = films.fraction(fraction, seed);
        }
        double rate = learningRate != null ? learningRate : PretrainOptions.scaledRate(architecture, batch);
        var options = new PretrainOptions(architecture, size, batch, accumulate, length.passes(films.films()), warmUp, rate, Math.min(1e-6, rate), lastRate != null ? lastRate : Math.min(1e-5, rate),
            new AdamW(0.9, beta2, 1e-6, clip, ema, new ParameterGroups(1, weightDecay)), precision, new Augmentation(cropScale, flip, 0), maskRatio,
            stopGradConv1, seed, threads, Device.of(device), saveSeconds);
        System.out.println("Settings: " + options.described());
        var training = new Pretraining(options, films, target.tokenizer, out, System.out);
        if (from == null) {
            training.run();
        } else {
            var given = WeightImport.read(from, new WeightImport.Options(architecture, Architecture.grid(size), FinalNorm.FRESH, true));
            System.out.println(given.report().text());
            var before = Taught.beside(from);
            if (before.isPresent() && !Files.exists(out.resolve(Pretraining.STATE))) {
                before.get().write(out);
            }
            training.run(outputs -> start(given, options, outputs), Provenance.history(from));
        }
        return 0;
    }

    private Map<String, Tensor> start(WeightImport given, PretrainOptions options, int outputs) {
        try {
            return MaskedStart.fit(given.tensors(), options, outputs);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(from + ": " + e.getMessage(), e);
        }
    }
}
