package io.hilum.trainer.train;

import ai.djl.ndarray.NDManager;
import io.hilum.model.weights.Safetensors;
import io.hilum.model.weights.Tensor;
import io.hilum.trainer.data.Ahead;
import io.hilum.trainer.data.Batch;
import io.hilum.trainer.data.FilmCache;
import io.hilum.trainer.data.FilmSelection;
import io.hilum.trainer.data.Taught;
import io.hilum.trainer.eval.Predictions;
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

/**
 * Trains a network on films and leaves the best weights, chosen by {@link Validation} alone, in a folder. Killed at
 * any time, the same call goes on where the last save was, to the weights of an unbroken run; Ctrl-C saves first.
 *
 * <p>Threads: the caller's thread runs libtorch; the next two batches are made on a thread of their own meanwhile. {@link #stop} may
 * be called by any thread.
 */
public final class FineTuning {
    /** fp16 weights of the best epoch. */
    public static final String WEIGHTS = "weights.safetensors";
    /** Folder with the fp16 weights of every epoch, where they are kept. */
    public static final String CHECKPOINTS = "checkpoints";
    /** What a batch that gave a non-finite loss is saved as. */
    static final String BAD_BATCH = "non-finite-batch.safetensors";

    private final TrainOptions options;
    private final FilmSelection train;
    private final FilmSelection valid;
    private final Path out;
    private final PrintStream log;
    private final StepBatches batches;
    private final long total;
    private final long end;
    private volatile boolean stop;

    /** As with selections of all films. */
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
        this.batches = new StepBatches(options, train);
        this.total = Math.max(1, Math.round(options.epochs() * batches.perEpoch()));
        this.end = options.maxSteps() > 0 ? Math.min(total, options.maxSteps()) : total;
    }

    /** Asks a running training to save and to end with a {@link StoppedException} after the step it is at. */
    public void stop() {
        stop = true;
    }

    /**
     * @param start all weights to begin with, head included
     * @return the best validation score: the mean AUC of evaluable labels, or minus the loss when none is evaluable
     */
    public double run(Map<String, Tensor> start, Provenance provenance) throws IOException {
        // Before the folder is read: what another training is about to write must not be gone on with.
        try (FolderLock lock = FolderLock.of(out)) {
            return run(start, settings(start), provenance);
        }
    }

    /** What a training that goes on must have in common with the one that was killed. */
    private String settings(Map<String, Tensor> start) {
        return "%s %s seed %d branches of scheme %d films %s validation films %s start %s".formatted(options.architecture().id(), options.described(),
            options.seed(), DropPath.SCHEME, SavedState.digest(train), SavedState.digest(valid), WeightHash.of(start));
    }

    private double run(Map<String, Tensor> start, String settings, Provenance provenance) throws IOException {
        var objective = options.objective();
        try (NDManager root = Torch.start(options.run().threads(), options.run().device());
                Network network = new Network(root, options.architecture(), start, options.size(),
                    options.architecture().mean(), options.architecture().std());
                TrainStep training = new TrainStep(network, options.adam(), options.precision(), objective.loss(),
                    objective.boxWeight(), objective.mapWeight(), options.accumulate());
                Interruption interruption = new Interruption(this::stop)) {
            log.printf(Locale.ROOT, "Device %s (libtorch %s, %d threads), products in %s. %d films for training, %d for validation; %d steps of %d films.%n",
                options.run().device(), Torch.version(), options.run().threads(), options.precision(), train.films(), valid.films(), end, options.stepFilms());
            batches.remarks().forEach(log::println);
            SavedState saved = SavedState.read(out, settings);
            Taught.add(out, train);
            if (saved != null) {
                training.load(saved.tensors());
                log.printf(Locale.ROOT, "Going on after step %d.%n", saved.step());
            }
            long first = saved == null ? 0 : saved.step();
            double best = loop(network, training, first, saved == null ? Double.NaN : saved.best(), settings, provenance);
            String hash = WeightHash.of(training.result());
            long reached = Math.max(first, end);
            Provenance.finish(out, reached == total, hash, WeightHash.of(Safetensors.read(out.resolve(WEIGHTS)).tensors()));
            log.printf("Weight hash %s (fp32, after step %d).%n", hash, reached);
            return best;
        }
    }

    private double loop(Network network, TrainStep training, long firstStep, double firstBest, String settings,
            Provenance provenance) throws IOException {
        int perEpoch = batches.perEpoch();
        var schedule = options.schedule();
        var dropPath = new DropPath(options.dropPath());
        var progress = new Progress(log, end, firstStep, options.stepFilms());
        var curves = new Curves(out, "%s, version %s".formatted(provenance.name(), provenance.version()), firstStep, total, options.stepFilms());
        double best = firstBest;
        long lastSave = System.nanoTime();
        try (var coming = new Ahead<>(batches::at, firstStep, end, 1, 2)) {
            for (long step = firstStep; step < end; step++) {
                Batch batch = coming.next();
                double epoch = (double) step / perEpoch;
                double rate = schedule.at(epoch);
                var result = step(training, batch, dropPath.draw(options.stepFilms(), options.seed(), step), rate);
                if (!result.finite()) {
                    throw nonFinite(batch, step, result);
                }
                batches.giveBack(batch);
                progress.step(step + 1, epoch, result.loss(), result.gradientNorm(), rate);
                curves.trained(step + 1, (double) (step + 1) / perEpoch, rate, result.loss(), result.gradientNorm());
                boolean epochEnds = (step + 1) % perEpoch == 0 || step + 1 == end;
                if (epochEnds) {
                    best = validate(network, training, curves, step + 1, best, provenance);
                }
                boolean ending = stop && step + 1 < end;
                if (epochEnds || ending || System.nanoTime() - lastSave > options.run().saveSeconds() * 1_000_000_000L) {
                    // Curves first: what they hold beyond a save is dropped on going on, what they lack is lost.
                    curves.write();
                    SavedState.of(step + 1, best, training).write(out, settings);
                    lastSave = System.nanoTime();
                }
                if (ending) {
                    log.printf("Stopped after step %d of %d and saved in %s. The same command goes on.%n", step + 1, end, out);
                    throw new StoppedException("Stopped.");
                }
            }
        }
        return best;
    }

    private TrainStep.Result step(TrainStep training, Batch batch, float[] keep, double rate) {
        return options.accumulate() > 1 ? training.run(batch.images(), batch.targets(), keep, rate, options.accumulate())
            : training.run(batch.images(), batch.targets(), batch.places(), keep, rate);
    }

    private double validate(Network network, TrainStep training, Curves curves, long steps, double best, Provenance provenance)
            throws IOException {
        double epoch = (double) steps / batches.perEpoch();
        Map<String, Tensor> weights = training.result();
        Validation validation;
        // The average lives beside the weights, so it is measured in a network of its own.
        try (Network candidate = network.with(weights)) {
            validation = Validation.of(Predictions.of(candidate, valid), options.objective().loss());
        }
        boolean better = Double.isNaN(best) || validation.score() > best;
        log.println(String.format(Locale.ROOT, "epoch %.2f  %s%s", epoch, validation, better ? "  (best)" : ""));
        curves.validated(steps, epoch, validation.loss(), validation.meanAuc());
        if (options.run().keepCheckpoints()) {
            Path folder = Files.createDirectories(out.resolve(CHECKPOINTS));
            halves(weights).write(folder.resolve(String.format(Locale.ROOT, "epoch-%07.2f.safetensors", epoch)));
        }
        if (better) {
            halves(weights).write(out.resolve(WEIGHTS));
            provenance.write(out, options, train, epoch, validation);
        }
        return better ? validation.score() : best;
    }

    private Safetensors halves(Map<String, Tensor> weights) {
        var half = new LinkedHashMap<String, Tensor>();
        weights.forEach((name, tensor) -> half.put(name, tensor.toF16()));
        return new Safetensors(half, Map.of("architecture", options.architecture().id(), "labels", String.join(",", train.cache().labelNames()),
            "size", Integer.toString(options.size())));
    }

    private IOException nonFinite(Batch batch, long step, TrainStep.Result result) throws IOException {
        byte[] images = new byte[batch.images().remaining()];
        batch.images().get(batch.images().position(), images);
        var tensors = new LinkedHashMap<String, Tensor>();
        tensors.put("images", Tensor.of(images, batch.films(), 1, options.size(), options.size()));
        tensors.put("targets", Tensor.of(batch.targets(), batch.films(), train.cache().labelNames().size()));
        Safetensors.write(out.resolve(BAD_BATCH), tensors);
        return new IOException("Training stopped at step %d: loss %s, gradient %s. The weights were not changed by it; the batch is in %s. A lower --lr or a --clip may help."
            .formatted(step, result.loss(), result.gradientNorm(), out.resolve(BAD_BATCH)));
    }
}
