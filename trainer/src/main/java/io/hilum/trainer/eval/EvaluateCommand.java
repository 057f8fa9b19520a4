package io.hilum.trainer.eval;

import ai.djl.ndarray.NDManager;
import io.hilum.model.bundle.SelfTest;
import io.hilum.model.bundle.Sha256;
import io.hilum.model.card.LabelCard;
import io.hilum.model.card.ModelCard;
import io.hilum.model.input.Geometry;
import io.hilum.model.weights.Safetensors;
import io.hilum.model.weights.Tensor;
import io.hilum.trainer.data.FilmCache;
import io.hilum.trainer.data.FilmSelection;
import io.hilum.trainer.data.Overlap;
import io.hilum.trainer.data.Taught;
import io.hilum.trainer.eval.html.HtmlReport;
import io.hilum.trainer.eval.report.EvaluationReport;
import io.hilum.trainer.eval.report.LabelChoice;
import io.hilum.trainer.eval.report.PaperReport;
import io.hilum.trainer.eval.report.RunSection;
import io.hilum.trainer.eval.report.SetReport;
import io.hilum.trainer.net.Loss;
import io.hilum.trainer.net.Network;
import io.hilum.trainer.net.Torch;
import io.hilum.trainer.train.FineTuning;
import io.hilum.trainer.train.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code evaluate}: measures the weights as they will be served; writes the model's card and a report. */
@Command(name = "evaluate", mixinStandardHelpOptions = true, showDefaultValues = true,
    description = "Measure a model on films that it has not learned from, after rounding to fp16; write card, report, probe and scores.")
public final class EvaluateCommand implements Callable<Integer> {
    private static final String VALIDATION = "validation";

    /** Whose choices are made. */
    enum Protocol { HILUM, PAPER }

    @Spec
    private CommandSpec spec;
    @Parameters(index = "0", description = "model folder, as train leaves it; the card is written into it")
    private Path model;
    @Option(names = "--valid", description = "validation films (cache); calibration and operating points are fitted on them, so they must not be films that are measured")
    private Path valid;
    @Option(names = "--data", description = "NAME=CACHE, repeatable: films to measure on, such as held-out=...; the first gives the probe")
    private Map<String, Path> data = new LinkedHashMap<>();
    @Option(names = "--train", description = "training films (cache), only to refuse any film or patient that is measured as well")
    private Path train;
    @Option(names = "--from-scores", description = "eval.safetensors of an earlier evaluation of these weights: report and card are made anew without the network")
    private Path scores;
    @Option(names = "--report", description = "folder for report.html and report.json; default: report in the model folder (report-paper for the paper's protocol)")
    private Path report;
    @Option(names = "--calibration", description = "platt, temperature or none; default platt, and temperature for models that name one label; Platt on few films follows their noise")
    private CalibrationMethod calibration;
    @Option(names = "--sensitivity", defaultValue = "0.90", description = "target of the operating points; a higher one gives more false alarms")
    private double sensitivity;
    @Option(names = "--protocol", defaultValue = "hilum", description = "hilum or paper; paper chooses the checkpoint on the first --data set as the published code does: flattered, never written into the card")
    private Protocol protocol;
    @Option(names = "--checkpoint", description = "with --protocol paper: weights to choose from, repeatable; default: checkpoints/*.safetensors of the model, or its weights")
    private List<Path> checkpoints = new ArrayList<>();
    @Option(names = "--all-ages", defaultValue = "false", description = "measure patients under 18 as well; they are outside of the service's scope, so the figures then promise what is not served")
    private boolean allAges;
    @Option(names = "--resamples", defaultValue = "1000", description = "of the bootstrap; with fewer the ends of intervals are rough")
    private int resamples;
    @Option(names = "--seed", defaultValue = "2026", description = "of the bootstrap; another moves the third digit of an interval")
    private long seed;
    @Option(names = "--geometry", description = "how the films became square, stretch or crop; without: as the caches say, stretch where they do not; one that contradicts them is refused")
    private String geometry;
    @Option(names = "--probe-films", defaultValue = "256", description = "films of probe.safetensors, 16 to 2048, fewer where the data set has fewer; the exporter proves every form of the network on them: few prove little, many make the file and the export large and slow")
    private int probeFilms;
    @Option(names = "--threads", defaultValue = "2", description = "threads of libtorch")
    private int threads;

    @Override
    public Integer call() throws IOException {
        check();
        Provenance.Training training = Provenance.read(model);
        boolean single = training.loss() == Loss.CE;
        CalibrationMethod method = calibration != null ? calibration : single ? CalibrationMethod.TEMPERATURE : CalibrationMethod.PLATT;
        var evaluation = new Evaluation(training, single, method, sensitivity, allAges, resamples, seed);
        return protocol == Protocol.PAPER ? paper(evaluation) : hilum(evaluation);
    }

    private void check() throws IOException {
        for (String name : data.keySet()) {
            if (!name.matches("[A-Za-z0-9_-]+") || name.equals(VALIDATION)) {
                throw new IOException("--data %s=...: a data set's name has letters, digits, - and _, and is not '%s'.".formatted(name, VALIDATION));
            }
        }
        if (protocol == Protocol.PAPER && (data.isEmpty() || scores != null)) {
            throw new IOException("--protocol paper chooses among checkpoints on test films: give --data NAME=CACHE, and no --from-scores.");
        }
        if (protocol == Protocol.HILUM && (valid == null) == (scores == null)) {
            throw new IOException("Give --valid CACHE (calibration and thresholds need films of their own), or --from-scores FILE, not both.");
        }
        if (!(sensitivity > 0 && sensitivity < 1) || resamples < 100) {
            throw new IOException("--sensitivity lies between 0 and 1, and --resamples is at least 100; not %s and %d.".formatted(sensitivity, resamples));
        }
        if (probeFilms < SelfTest.INPUTS || probeFilms > Evidence.MOST_FILMS) {
            throw new IOException("--probe-films lies between %d, which a bundle's self-test needs, and %d; not %d."
                .formatted(SelfTest.INPUTS, Evidence.MOST_FILMS, probeFilms));
        }
    }

    private int hilum(Evaluation evaluation) throws IOException {
        Path file = model.resolve(FineTuning.WEIGHTS);
        String digest = Sha256.of(Files.readAllBytes(file));
        long begin = System.nanoTime();
        List<MeasuredFilms> sets = scores != null ? ScoresFile.read(scores, digest) : measure(evaluation.training(), file);
        long measured = System.nanoTime();
        Evaluation.Result result = evaluation.hilum(sets.get(0), sets.subList(1, sets.size()));
        if (scores == null) {
            ScoresFile.write(model.resolve(ScoresFile.FILE), sets, digest);
        }
        card(evaluation.training(), result).write(model.resolve(ModelCard.FILE));
        Files.writeString(model.resolve("card.md"), CardText.of(ModelCard.read(model.resolve(ModelCard.FILE)), plots(result.sets()), command(), resamples));
        System.out.println(Files.readString(model.resolve("card.md")));
        write(evaluation.report(result, geometry(), digest, run(evaluation, begin, measured), null), report != null ? report : model.resolve("report"));
        return 0;
    }

    private int paper(Evaluation evaluation) throws IOException {
        List<Path> files = checkpoints();
        Map<String, FilmCache> caches = caches(evaluation.training());
        caches.remove(VALIDATION);
        long begin = System.nanoTime();
        List<PaperReport.Checkpoint> compared = new ArrayList<>();
        List<MeasuredFilms> best = null;
        Path chosen = null;
        try (NDManager root = Torch.start(threads)) {
            String first = caches.keySet().iterator().next();
            for (Path file : files) {
                try (Network network = network(root, evaluation.training(), file)) {
                    MeasuredFilms films = Measuring.of(first, network, caches.get(first));
                    double mean = PaperProtocol.mean(PaperProtocol.aucs(films));
                    System.out.printf(Locale.ROOT, "%s: mean AUC on %s %.4f%n", file, first, mean);
                    if (best == null || mean > compared.stream().mapToDouble(PaperReport.Checkpoint::meanAuc).max().orElse(-1)) {
                        best = List.of(films);
                        chosen = file;
                    }
                    compared.add(new PaperReport.Checkpoint(file.getFileName().toString(), mean));
                }
            }
            best = new ArrayList<>(best);
            try (Network network = network(root, evaluation.training(), chosen)) {
                for (String name : caches.keySet()) {
                    if (!name.equals(first)) {
                        best.add(Measuring.of(name, network, caches.get(name)));
                    }
                }
            }
        }
        long measured = System.nanoTime();
        PaperReport paper = PaperProtocol.report(best.get(0), compared, chosen.getFileName().toString(), evaluation.singleLabel());
        Evaluation.Result result = evaluation.paper(best);
        System.out.println(PaperProtocol.NOTE);
        System.out.printf(Locale.ROOT, "%s, mean AUC on %s over %d of %d labels: %.4f%n", paper.chosen(), paper.set(),
            paper.labels().size() - paper.dropped().size(), paper.labels().size(), paper.meanAuc());
        write(evaluation.report(result, geometry(), Sha256.of(Files.readAllBytes(chosen)), run(evaluation, begin, measured), paper).with(PaperProtocol.view(geometry())),
            report != null ? report : model.resolve("report-paper"));
        return 0;
    }

    private List<Path> checkpoints() throws IOException {
        if (!checkpoints.isEmpty()) {
            return checkpoints;
        }
        Path folder = model.resolve(FineTuning.CHECKPOINTS);
        if (!Files.isDirectory(folder)) {
            System.out.println("The model kept no checkpoints (train --keep-checkpoints), so its weights, chosen on validation films, are all there is to choose from.");
            return List.of(model.resolve(FineTuning.WEIGHTS));
        }
        try (var files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith(".safetensors")).sorted().toList();
        }
    }

    private List<MeasuredFilms> measure(Provenance.Training training, Path file) throws IOException {
        Map<String, FilmCache> caches = caches(training);
        List<MeasuredFilms> out = new ArrayList<>();
        try (NDManager root = Torch.start(threads); Network network = network(root, training, file)) {
            caches.forEach((name, cache) -> {
                System.out.printf("Measuring %d films: %s.%n", cache.films(), name);
                out.add(Measuring.of(name, network, cache));
            });
            List<FilmCache> order = new ArrayList<>(caches.values());
            Evidence.writeProbe(model.resolve(Evidence.PROBE), network, order.get(order.size() > 1 ? 1 : 0), probeFilms);
        }
        return out;
    }

    private Map<String, FilmCache> caches(Provenance.Training training) throws IOException {
        Map<String, FilmCache> out = new LinkedHashMap<>();
        if (valid != null) {
            out.put(VALIDATION, FilmCache.open(valid));
        }
        for (var entry : data.entrySet()) {
            out.put(entry.getKey(), FilmCache.open(entry.getValue()));
        }
        checkGeometry(out.values());
        FilmCache taught = train == null ? null : FilmCache.open(train);
        Optional<Taught> noted = Taught.in(model);
        for (var entry : out.entrySet()) {
            FilmCache cache = entry.getValue();
            if (!cache.labelNames().equals(training.labels())) {
                throw new IOException("%s has the labels %s, the model %s.".formatted(cache.file(), cache.labelNames(), training.labels()));
            }
            if (taught != null) {
                Overlap.refuse(taught, cache);
            }
            if (noted.isPresent()) {
                noted.get().refuse(FilmSelection.all(cache));
            }
            if (valid != null && !entry.getKey().equals(VALIDATION)) {
                Overlap.refuse(out.get(VALIDATION), cache);
            }
        }
        return out;
    }

    /** Makes {@link #geometry} what the caches say. */
    private void checkGeometry(Collection<FilmCache> caches) throws IOException {
        for (FilmCache cache : caches) {
            String made = cache.geometry() == null ? null : cache.geometry().id();
            if (geometry == null) {
                geometry = made;
            } else if (made != null && !made.equals(geometry)) {
                throw new IOException("The films of %s became square by %s, not by %s as --geometry or another cache says: the card would promise what was not measured."
                    .formatted(cache.file(), made, geometry));
            }
        }
    }

    /** For scores of before, as the card of then says. */
    private String geometry() throws IOException {
        if (geometry == null) {
            Path card = model.resolve(ModelCard.FILE);
            geometry = scores != null && Files.exists(card) ? ModelCard.read(card).geometry().id() : Geometry.STRETCH.id();
        }
        return geometry;
    }

    /** With the weights as they are served: rounded to fp16, whatever the file holds. */
    private static Network network(NDManager root, Provenance.Training training, Path file) throws IOException {
        Map<String, Tensor> halves = new LinkedHashMap<>();
        Safetensors.read(file).tensors().forEach((name, tensor) -> halves.put(name, tensor.toF16()));
        return new Network(root, training.architecture(), halves, training.inputSize(),
            training.architecture().mean(), training.architecture().std());
    }

    private ModelCard card(Provenance.Training training, Evaluation.Result result) throws IOException {
        List<LabelCard> labels = result.choice().labels().stream().map(LabelChoice::card).toList();
        return new ModelCard(ModelCard.SCHEMA, training.name(), training.version(), training.architecture(), training.inputSize(),
            Geometry.of(geometry()), training.architecture().mean(), training.architecture().std(), labels, result.sets().stream().map(CardMetrics::of).toList(),
            training.lineage(), training.synthetic(), training.synthetic() ? ModelCard.SYNTHETIC_NOTICE : "", result.choice().softmax());
    }

    /** Pictures need fonts; a machine without any still gets its numbers. */
    private Map<String, String> plots(List<SetReport> sets) throws IOException {
        System.setProperty("java.awt.headless", "true");
        Map<String, String> out = new LinkedHashMap<>();
        for (SetReport set : sets) {
            String file = "roc-" + set.name() + ".png";
            try {
                RocPlot.write(model.resolve(file), set);
                out.put(set.name(), file);
            } catch (LinkageError | java.awt.AWTError | InternalError e) {
                System.err.println("No plot of " + set.name() + ": this Java has no fonts to draw with (" + e.getMessage() + ").");
            }
        }
        return out;
    }

    private RunSection run(Evaluation evaluation, long begin, long measured) {
        boolean paper = protocol == Protocol.PAPER;
        return new RunSection(command(), Machine.software(), Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(), Machine.described(), seed,
            resamples, paper ? "none" : evaluation.method().name().toLowerCase(Locale.ROOT), paper ? null : (Double) sensitivity,
            scores != null ? 0 : (measured - begin) / 1e9, (System.nanoTime() - measured) / 1e9);
    }

    private void write(EvaluationReport made, Path folder) throws IOException {
        EvaluationReport report = train != null || Taught.in(model).isPresent() ? made : made.with("Nothing is known of the films that these weights were taught "
            + "(neither --train nor %s in the model folder): a film that was taught and measured would flatter every figure.".formatted(Taught.FILE));
        Files.createDirectories(folder);
        report.write(folder.resolve(EvaluationReport.FILE));
        Files.writeString(folder.resolve(HtmlReport.FILE), HtmlReport.of(report));
        System.out.printf(Locale.ROOT, "Report: %s (network %.1f s, statistics %.1f s)%n", folder.resolve(HtmlReport.FILE),
            report.run().networkSeconds(), report.run().statisticsSeconds());
    }

    private String command() {
        return "./hilum " + String.join(" ", spec.commandLine().getParseResult().originalArgs());
    }
}
