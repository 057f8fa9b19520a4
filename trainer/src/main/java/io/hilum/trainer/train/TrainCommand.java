package io.hilum.trainer.train;

import io.hilum.model.Architecture;
import io.hilum.model.weights.PtCheckpoint;
import io.hilum.model.weights.ReferenceWeights;
import io.hilum.model.weights.Safetensors;
import io.hilum.model.weights.Tensor;
import io.hilum.trainer.data.Augmentation;
import io.hilum.trainer.data.FilmCache;
import io.hilum.trainer.net.AdamW;
import io.hilum.trainer.net.Initialisation;
import io.hilum.trainer.net.ParameterGroups;
import io.hilum.trainer.net.Precision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code train}: fine-tunes EVA-X, from weights or from scratch. */
@Command(name = "train", mixinStandardHelpOptions = true, showDefaultValues = true,
    description = "Fine-tune EVA-X on a cache of films. Killed at any time, the same command goes on.")
public final class TrainCommand implements Callable<Integer> {
    @Option(names = "--data", required = true, description = "training films (cache)")
    private Path data;
    @Option(names = "--valid", required = true, description = "validation films (cache); choose the best epoch, never taught")
    private Path valid;
    @Option(names = "--out", required = true, description = "folder for the model")
    private Path out;
    @Option(names = "--from", description = "weights to begin with (.safetensors or .pt), at any input size; without: from scratch")
    private Path from;
    @Option(names = "--keep-norm", negatable = true, defaultValue = "false", description = "use a checkpoint's norm as fc_norm")
    private boolean keepNorm;
    @Option(names = "--arch", defaultValue = "eva-x-ti", converter = ArchitectureConverter.class, description = "eva-x-ti, eva-x-s or eva-x-b")
    private Architecture architecture;
    @Option(names = "--size", defaultValue = "224", description = "side of the input; smaller is faster, and the result can be continued larger with --from")
    private int size;
    @Option(names = "--batch", defaultValue = "32", description = "films a step; more memory, fewer steps")
    private int batch;
    @Option(names = "--epochs", defaultValue = "10")
    private double epochs;
    @Option(names = "--warm-up", defaultValue = "0.5", description = "epochs of rising learning rate")
    private double warmUp;
    @Option(names = "--lr", description = "peak learning rate; default 1e-3 * sqrt(batch / 1024); too high and the loss stays flat or is not finite")
    private Double learningRate;
    @Option(names = "--min-lr", defaultValue = "1e-6")
    private double minimumRate;
    @Option(names = "--constant-lr", defaultValue = "false", description = "no cosine after the warm-up")
    private boolean constant;
    @Option(names = "--layer-decay", description = "default 1.0 from scratch, 0.55 from weights; below 1 from scratch leaves the first layers untaught")
    private Double layerDecay;
    @Option(names = "--weight-decay", defaultValue = "0.05")
    private double weightDecay;
    @Option(names = "--precision", defaultValue = "FP32", description = "${COMPLETION-CANDIDATES}; BF16 is nearly twice as fast on processors with AVX512_BF16 or AMX")
    private Precision precision;
    @Option(names = "--drop-path", defaultValue = "0.1", description = "too high on little data and nothing is learned")
    private double dropPath;
    @Option(names = "--clip", defaultValue = "0", description = "largest gradient norm; 0 for none")
    private double clip;
    @Option(names = "--beta2", defaultValue = "0.999", description = "AdamW's second decay; 0.98 follows faster when starting from scratch")
    private double beta2;
    @Option(names = "--ema", defaultValue = "0", description = "decay of the moving average of weights; 0 for none")
    private double ema;
    @Option(names = "--flip", defaultValue = "false", description = "mirror half of the films; wrong where sides matter")
    private boolean flip;
    @Option(names = "--min-area", defaultValue = "0.7", description = "smallest random crop; a small one may lose the finding")
    private double minArea;
    @Option(names = "--contrast", defaultValue = "0.1", description = "random change of contrast and brightness")
    private double contrast;
    @Option(names = "--box-weight", defaultValue = "0", description = "weight of the lesions' places where the films have boxes; finds small lesions with fewer films")
    private double boxWeight;
    @Option(names = "--map-weight", defaultValue = "0", description = "with --box-weight: draws the heat maps into the boxes; too high and scores suffer")
    private double mapWeight;
    @Option(names = "--seed", defaultValue = "0")
    private long seed;
    @Option(names = "--threads", defaultValue = "2", description = "threads of libtorch")
    private int threads;
    @Option(names = "--save-seconds", defaultValue = "120", description = "time between two saves")
    private int saveSeconds;
    @Option(names = "--name", defaultValue = "demo", description = "the model line")
    private String name;
    @Option(names = "--model-version", defaultValue = "1")
    private String version;

    @Override
    public Integer call() throws IOException {
        FilmCache films = FilmCache.open(data);
        var groups = new ParameterGroups(layerDecay != null ? layerDecay : from == null ? 1 : 0.55, weightDecay);
        double rate = learningRate != null ? learningRate : LrSchedule.scaled(batch);
        var options = new TrainOptions(architecture, size, batch, epochs, warmUp, rate, Math.min(minimumRate, rate), constant,
            new AdamW(0.9, beta2, 1e-8, clip, ema, groups), precision, dropPath, new Augmentation(minArea, flip, contrast), boxWeight, mapWeight,
            seed, threads, saveSeconds);
        System.out.printf("Device: CPU, %d threads. %d films of %d pixels, %d labels; input %d.%n",
            threads, films.films(), films.size(), films.labelNames().size(), size);
        System.out.println("Settings: " + options.described());
        double best = new FineTuning(options, films, FilmCache.open(valid), out, System.out)
            .run(start(films.labelNames().size()), new Provenance(name, version, Provenance.history(from)));
        System.out.printf(java.util.Locale.ROOT, "Done. Best mean validation AUC %.4f. Model: %s%n", best, out.resolve(FineTuning.WEIGHTS));
        return 0;
    }

    /** Drawn weights, with whatever the given ones replace; a head of another length is drawn anew. */
    private Map<String, Tensor> start(int classes) throws IOException {
        int grid = Architecture.grid(size);
        var all = new LinkedHashMap<>(Initialisation.draw(architecture, grid, classes, seed));
        if (from != null) {
            Map<String, Tensor> given = from.toString().endsWith(".safetensors") ? Safetensors.read(from).tensors() : PtCheckpoint.read(from);
            var body = ReferenceWeights.body(given, architecture, grid,
                keepNorm ? ReferenceWeights.FinalNorm.KEEP : ReferenceWeights.FinalNorm.FRESH);
            boolean sameHead = body.containsKey("head.bias") && body.get("head.bias").size() == classes;
            body.forEach((key, tensor) -> {
                if (sameHead || !key.startsWith("head.")) {
                    all.put(key, tensor);
                }
            });
        }
        return all;
    }

    /** Architectures by the names used in files. */
    public static final class ArchitectureConverter implements picocli.CommandLine.ITypeConverter<Architecture> {
        @Override
        public Architecture convert(String id) {
            return Architecture.of(id);
        }
    }
}
