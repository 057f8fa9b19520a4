package io.hilum.trainer.train;

import ai.djl.ndarray.NDManager;
import io.hilum.model.weights.Safetensors;
import io.hilum.model.weights.Tensor;
import io.hilum.trainer.data.Batch;
import io.hilum.trainer.data.BatchLoader;
import io.hilum.trainer.data.FilmCache;
import io.hilum.trainer.data.FilmSelection;
import io.hilum.trainer.eval.metric.Auc;
import io.hilum.trainer.eval.Predictions;
import io.hilum.trainer.net.Loss;
import io.hilum.trainer.net.Network;
import io.hilum.trainer.net.Torch;
import io.hilum.trainer.net.TrainStep;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Trains a network on a cache of films and leaves the best weights (by mean AUC on the validation films) in a
 * folder. Killed at any time, the same call goes on where the last save was.
 *
 * <p>Threads: the caller's thread runs libtorch; the next batch is made on the common pool meanwhile.
 */
public final class FineTuning {
    /** fp16 weights of the best epoch. */
    public static final String WEIGHTS = "weights.safetensors";
    /** What a batch that gave a non-finite loss is saved as. */
    static final String BAD_BATCH = "non-finite-batch.safetensors";

    private final TrainOptions options;
    private final FilmSelection train;
    private final FilmSelection valid;
    private final Path out;
    private final PrintStream log;
    private final BatchLoader loader;

    public FineTuning(TrainOptions options, FilmCache train, FilmCache valid, Path out, PrintStream log) {
        this(options, FilmSelection.all(train), FilmSelection.all(valid), out, log);
    }

    public FineTuning(TrainOptions options, FilmSelection train, FilmSelection valid, Path out, PrintStream log) {
        if (!train.cache().labelNames().equals(valid.cache().labelNames())) {
            throw new IllegalArgumentException("Training labels %s and validation labels %s differ."
                .formatted(train.cache().labelNames(), valid.cache().labelNames()));
        }
        this.options = options;
        this.train = train;
        this.valid = valid;
        this.out = out;
        this.log = log;
        this.loader = new BatchLoader(train, options.size(), options.batch(), options.augmentation(), options.seed(),
            options.boxWeight() > 0);
        if (loader.batches() < 1) {
            throw new IllegalArgumentException("%d films do not fill one batch of %d.".formatted(train.films(), options.batch()));
        }
    }

    /**
     * @param start all weights to begin with, head included
     * @return the best mean AUC on validation
     */
    public double run(Map<String, Tensor> start, Provenance provenance) throws IOException {
        Files.createDirectories(out);
        try (NDManager root = Torch.start(options.threads());
                Network network = new Network(root, options.architecture(), start, options.size(),
                    options.architecture().mean(), options.architecture().std());
                TrainStep training = new TrainStep(network, options.adam(), options.precision(), Loss.BCE, options.boxWeight(), options.mapWeight(), 1)) {
            String settings = options.described() + " seed " + options.seed() + " films " + train.films();
            SavedState saved = SavedState.read(out, settings);
            double best = Double.NaN;
            long step = 0;
            if (saved != null) {
                training.load(saved.tensors());
                step = saved.step();
                best = saved.bestAuc();
                log.printf(Locale.ROOT, "Going on after step %d.%n", step);
            }
            return loop(network, training, step, best, settings, provenance);
        }
    }

    private double loop(Network network, TrainStep training, long firstStep, double firstBest, String settings,
            Provenance provenance) throws IOException {
        int perEpoch = loader.batches();
        long total = Math.max(1, Math.round(options.epochs() * perEpoch));
        var schedule = options.schedule();
        var dropPath = new DropPath(options.dropPath());
        var progress = new Progress(log, total, firstStep, options.batch());
        double best = firstBest;
        long lastSave = System.nanoTime();
        int[] order = loader.order((int) (firstStep / perEpoch));
        CompletableFuture<Batch> next = prepare(order, firstStep, perEpoch);
        for (long step = firstStep; step < total; step++) {
            Batch batch = next.join();
            if ((step + 1) % perEpoch == 0) {
                order = loader.order((int) ((step + 1) / perEpoch));
            }
            next = prepare(order, step + 1, perEpoch);
            double epoch = (double) step / perEpoch;
            double rate = schedule.at(epoch);
            var result = training.run(batch.images(), batch.targets(), batch.places(), dropPath.draw(options.batch(), options.seed(), step), rate);
            if (!result.finite()) {
                throw nonFinite(batch, step, result);
            }
            progress.step(step + 1, epoch, result.loss(), result.gradientNorm(), rate);
            boolean epochEnds = (step + 1) % perEpoch == 0 || step + 1 == total;
            if (epochEnds) {
                best = validate(network, training, (double) (step + 1) / perEpoch, best, provenance);
            }
            if (epochEnds || System.nanoTime() - lastSave > options.saveSeconds() * 1_000_000_000L) {
                SavedState.of(step + 1, best, training).write(out, settings);
                lastSave = System.nanoTime();
            }
        }
        return best;
    }

    private CompletableFuture<Batch> prepare(int[] order, long step, int perEpoch) {
        return CompletableFuture.supplyAsync(() -> loader.training(order, (int) (step / perEpoch), (int) (step % perEpoch)));
    }

    private double validate(Network network, TrainStep training, double epoch, double best, Provenance provenance) throws IOException {
        Map<String, Tensor> weights = training.result();
        double[] aucs;
        // The average lives beside the weights, so it is measured in a network of its own.
        try (Network candidate = network.with(weights)) {
            aucs = Predictions.of(candidate, valid).aucs();
        }
        double mean = Auc.mean(aucs);
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "epoch %.2f  validation AUC %.4f ", epoch, mean));
        for (int l = 0; l < aucs.length; l++) {
            line.append(String.format(Locale.ROOT, " %s %.3f", valid.cache().labelNames().get(l), aucs[l]));
        }
        boolean better = Double.isNaN(best) || mean > best;
        log.println(line.append(better ? "  (best)" : ""));
        if (better) {
            var half = new LinkedHashMap<String, Tensor>();
            weights.forEach((name, tensor) -> half.put(name, tensor.toF16()));
            new Safetensors(half, Map.of("architecture", options.architecture().id(), "labels", String.join(",", train.cache().labelNames()),
                "size", Integer.toString(options.size()))).write(out.resolve(WEIGHTS));
            provenance.write(out, options, train.cache(), epoch, mean);
        }
        return better ? mean : best;
    }

    private IOException nonFinite(Batch batch, long step, TrainStep.Result result) throws IOException {
        byte[] images = new byte[batch.images().remaining()];
        batch.images().get(0, images);
        var tensors = new LinkedHashMap<String, Tensor>();
        tensors.put("images", Tensor.of(images, batch.films(), 1, options.size(), options.size()));
        tensors.put("targets", Tensor.of(batch.targets(), batch.films(), train.cache().labelNames().size()));
        Safetensors.write(out.resolve(BAD_BATCH), tensors);
        return new IOException("Training stopped at step %d: loss %s, gradient %s. The weights were not changed by it; the batch is in %s. A lower --lr or a --clip may help."
            .formatted(step, result.loss(), result.gradientNorm(), out.resolve(BAD_BATCH)));
    }
}
