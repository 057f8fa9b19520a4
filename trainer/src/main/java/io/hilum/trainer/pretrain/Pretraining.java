package io.hilum.trainer.pretrain;

import ai.djl.ndarray.NDManager;
import io.hilum.model.Architecture;
import io.hilum.model.bundle.Sha256;
import io.hilum.model.weights.Safetensors;
import io.hilum.model.weights.Tensor;
import io.hilum.trainer.data.Ahead;
import io.hilum.trainer.data.FilmSelection;
import io.hilum.trainer.data.Taught;
import io.hilum.trainer.net.Initialisation;
import io.hilum.trainer.net.MaskedWeights;
import io.hilum.trainer.net.Network;
import io.hilum.trainer.net.PretrainStep;
import io.hilum.trainer.net.Tokenizer;
import io.hilum.trainer.net.Torch;
import io.hilum.trainer.net.TrainStep;
import io.hilum.trainer.train.FolderLock;
import io.hilum.trainer.train.Interruption;
import io.hilum.trainer.train.Progress;
import io.hilum.trainer.train.SavedState;
import io.hilum.trainer.train.StoppedException;
import io.hilum.trainer.train.WeightHash;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Pre-trains EVA-X on films without labels and leaves {@link #WEIGHTS} in a folder, which {@code ./hilum train --from} takes.
 * Killed at any time, the same call goes on where the last save was, to the very weights of an unbroken run.
 *
 * <pre>{@code
 * var options = PretrainOptions.published(Architecture.EVA_X_TI, 128, 64, 86_000).with(Precision.BF16, 0, 1);
 * Path weights = new Pretraining(options, FilmSelection.all(cache), folder, System.out).run();
 * }</pre>
 *
 * <p>In the folder: {@code weights.safetensors} (F32, at the end; by the reference's names, with {@code norm}, {@code lm_head} and
 * {@code mask_token}), {@code curve.csv} and {@code curve.png} (loss so far, rewritten at each save), {@code resume.safetensors} (the
 * whole state), {@code non-finite-batch.safetensors} when a step gave no number.
 *
 * <p>Threads: the caller's thread runs libtorch; the next batches are made on a thread of their own meanwhile. Two wait at most.
 */
public final class Pretraining {
    public static final String WEIGHTS = "weights.safetensors";
    /** What a training is said to have begun with when its weights were drawn. */
    public static final String SCRATCH = "scratch";
    static final String STATE = "resume.safetensors";
    static final String BAD_BATCH = "non-finite-batch.safetensors";

    private final PretrainOptions options;
    private final FilmSelection films;
    private final Path tokenizer;
    private final Path out;
    private final PrintStream log;
    private final PretrainBatches batches;
    /** What is guessed, in words. */
    private String target;
    /** Of the weights to begin with. */
    private String startHash;
    private volatile boolean stop;

    /** Towards the masked patches' own pixels. */
    public Pretraining(PretrainOptions options, FilmSelection films, Path out, PrintStream log) {
        this(options, films, null, out, log);
    }

    /**
     * @param films what is looked at; labels are not. Films that will test the result must not be among them
     * @param tokenizer weights of a frozen teacher ({@link Tokenizer#open}) whose features are guessed; it sees the same crop whole,
     *     with its own normalisation, in each step anew: features kept from one crop would be wrong for the next. Null: pixels
     */
    public Pretraining(PretrainOptions options, FilmSelection films, Path tokenizer, Path out, PrintStream log) {
        this.options = options;
        this.films = films;
        this.tokenizer = tokenizer;
        this.out = out;
        this.log = log;
        this.batches = new PretrainBatches(options, films);
    }

    /** Asks a running training, from any thread, to save and to end with a {@link StoppedException} after the step it is at. */
    public void stop() {
        stop = true;
    }

    /** As {@link #run(IntFunction)}, from weights that the seed draws. */
    public Path run() throws IOException {
        return run(outputs -> Initialisation.masked(options.architecture(), Architecture.grid(options.size()), outputs, options.seed()));
    }

    /**
     * @param start gives all weights to begin with, {@code lm_head} and {@code mask_token} included, for a number of values
     *     guessed for each patch
     * @return the file with the weights
     */
    public Path run(IntFunction<Map<String, Tensor>> start) throws IOException {
        return run(start, SCRATCH);
    }

    /**
     * As {@link #run(IntFunction)}.
     *
     * @param startedFrom what the weights to begin with are, in words, for the record; {@link #SCRATCH} when they were drawn
     */
    public Path run(IntFunction<Map<String, Tensor>> start, String startedFrom) throws IOException {
        try (FolderLock lock = FolderLock.of(out)) {
            return locked(start, startedFrom);
        }
    }

    private Path locked(IntFunction<Map<String, Tensor>> start, String startedFrom) throws IOException {
        target = tokenizer == null ? "pixels" : "%s, sha256 %s".formatted(tokenizer.getFileName(), Sha256.of(tokenizer));
        try (NDManager root = Torch.start(options.threads(), options.device());
                Tokenizer teacher = tokenizer == null ? null : Tokenizer.open(root, tokenizer, options.size(), options.precision());
                Network student = Network.student(root, options.architecture(), begin(start, teacher == null ? MaskedWeights.PIXELS : teacher.width()),
                    options.size(), options.architecture().mean(), options.architecture().std());
                PretrainStep training = new PretrainStep(student, teacher, options.adam(), options.precision(), options.stopGradConv1(), options.accumulate());
                Interruption interruption = new Interruption(this::stop)) {
            var curve = new LossCurve((int) options.steps(), options.batch(), schedule());
            log.printf(Locale.ROOT, "Device %s (libtorch %s, %d threads), products in %s. %d films; %d steps of %d films; %d of %d patches masked; target %s.%n",
                options.device(), Torch.version(), options.threads(), options.precision(), films.different(), options.steps(), options.batch(),
                batches.mask().count(), batches.mask().grid() * batches.mask().grid(),
                teacher == null ? target : teacher.architecture().id() + " of " + target);
            long step = resume(training, curve);
            Taught.add(out, films);
            if (step > 0) {
                log.printf(Locale.ROOT, "Going on after step %d of %d.%n", step, options.steps());
            }
            loop(training, curve, step);
            // Also when nothing was left to do: a kill may have come between the last save and the curve.
            writeCurve(curve);
            Path file = out.resolve(WEIGHTS);
            Map<String, Tensor> weights = training.result();
            new Safetensors(weights, described(startedFrom)).write(file);
            log.printf(Locale.ROOT, "Pre-trained on %d passes; loss at the end %.4f. Weights: %s%nWeight hash %s.%n",
                options.steps() * options.batch(), curve.recent(), file, WeightHash.of(weights));
            return file;
        }
    }

    private Map<String, Tensor> begin(IntFunction<Map<String, Tensor>> start, int outputs) {
        Map<String, Tensor> weights = start.apply(outputs);
        startHash = WeightHash.of(weights);
        return weights;
    }

    private WarmCosine schedule() {
        return options.schedule(batches.perEpoch());
    }

    private void loop(PretrainStep training, LossCurve curve, long firstStep) throws IOException {
        WarmCosine schedule = schedule();
        long total = options.steps();
        var progress = new Progress(log, total, firstStep, options.batch());
        long lastSave = System.nanoTime();
        try (var coming = new Ahead<>(batches::at, firstStep, total, 1, 2)) {
            for (long step = firstStep; step < total; step++) {
                PretrainBatches.MaskedBatch batch = coming.next();
                double rate = schedule.at(step);
                TrainStep.Result result = training.run(batch.images(), batch.masks(), rate);
                if (!result.finite()) {
                    throw nonFinite(batch, step, result);
                }
                batches.giveBack(batch);
                curve.add(result.loss(), result.gradientNorm());
                progress.step(step + 1, (double) (step + 1) / batches.perEpoch(), result.loss(), result.gradientNorm(), rate);
                boolean ending = stop && step + 1 < total;
                if (step + 1 == total || ending || System.nanoTime() - lastSave > options.saveSeconds() * 1_000_000_000L) {
                    save(training, curve, step + 1);
                    lastSave = System.nanoTime();
                }
                if (ending) {
                    throw new StoppedException("Stopped after step %d of %d and saved in %s. The same command goes on.".formatted(step + 1, total, out));
                }
            }
        }
    }

    private void save(PretrainStep training, LossCurve curve, long step) throws IOException {
        var tensors = new LinkedHashMap<>(training.save());
        curve.save(tensors);
        new Safetensors(tensors, Map.of("step", Long.toString(step), "settings", settings())).write(out.resolve(STATE));
        writeCurve(curve);
    }

    private void writeCurve(LossCurve curve) throws IOException {
        curve.write(out, "Pre-training, " + options.architecture().id());
    }

    /** @return finished steps; 0 where nothing was saved. Fails when the folder belongs to another training */
    private long resume(PretrainStep training, LossCurve curve) throws IOException {
        Path file = out.resolve(STATE);
        if (!Files.exists(file)) {
            return 0;
        }
        Safetensors saved = Safetensors.read(file);
        if (!settings().equals(saved.metadata().get("settings"))) {
            throw new IOException("%s belongs to a pre-training with other settings:%n  it has   %s%n  now      %s%nRemove it to begin anew, or give the same settings."
                .formatted(file, saved.metadata().get("settings"), settings()));
        }
        training.load(saved.tensors());
        curve.load(saved.tensors());
        return Long.parseLong(saved.metadata().get("step"));
    }

    private String settings() {
        return "%s, masks of scheme %d, films %s, start %s%s".formatted(options.described(), PretrainBatches.SCHEME, SavedState.digest(films), startHash, tokenizer == null ? "" : ", target " + target);
    }

    private Map<String, String> described(String startedFrom) {
        var all = new LinkedHashMap<>(options.described());
        all.put("target", target);
        all.put("films", Integer.toString(films.different()));
        all.put("data", films.cache().description());
        all.put("history", (startedFrom.equals(SCRATCH) ? "" : startedFrom + "; then ") + "pre-trained on %d passes over %d films (%s) at %d pixels; target %s".formatted(options.steps() * options.batch(),
            films.different(), films.cache().description(), options.size(), target));
        return all;
    }

    private IOException nonFinite(PretrainBatches.MaskedBatch batch, long step, TrainStep.Result result) throws IOException {
        byte[] images = new byte[batch.images().remaining()];
        batch.images().get(0, images);
        int grid = batches.mask().grid();
        var tensors = new LinkedHashMap<String, Tensor>();
        tensors.put("images", Tensor.of(images, options.batch(), 1, options.size(), options.size()));
        tensors.put("masks", Tensor.of(batch.masks(), options.batch(), grid, grid));
        Safetensors.write(out.resolve(BAD_BATCH), tensors);
        return new IOException("Pre-training stopped at step %d: loss %s, gradient %s. The weights were not changed by it; the batch is in %s. A lower --lr or --clip may help."
            .formatted(step, result.loss(), result.gradientNorm(), out.resolve(BAD_BATCH)));
    }
}
