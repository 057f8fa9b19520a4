package io.hilum.trainer.eval;

import ai.djl.ndarray.NDManager;
import io.hilum.model.Architecture;
import io.hilum.model.card.DataSetMetrics;
import io.hilum.model.card.HeatMapScore;
import io.hilum.model.card.LabelCard;
import io.hilum.model.card.ModelCard;
import io.hilum.model.input.Geometry;
import io.hilum.model.weights.Safetensors;
import io.hilum.model.weights.Tensor;
import io.hilum.trainer.data.FilmCache;
import io.hilum.trainer.net.Network;
import io.hilum.trainer.net.Torch;
import io.hilum.trainer.train.FineTuning;
import io.hilum.trainer.train.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code evaluate}: measures the weights as they will be served and writes the model's card. */
@Command(name = "evaluate", mixinStandardHelpOptions = true, showDefaultValues = true,
    description = "Measure a model on films that it has not learned from, after rounding to fp16; write card, plots, probe and scores.")
public final class EvaluateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;
    @Parameters(index = "0", description = "model folder, as train leaves it; the card is written into it")
    private Path model;
    @Option(names = "--valid", required = true, description = "validation films (cache); calibration and operating points are fitted on them")
    private Path valid;
    @Option(names = "--data", description = "NAME=CACHE, repeatable: films to measure on, such as held-out=...; the first gives the probe")
    private Map<String, Path> data = new LinkedHashMap<>();
    @Option(names = "--sensitivity", defaultValue = "0.90", description = "target of the operating points; a higher one gives more false alarms")
    private double sensitivity;
    @Option(names = "--geometry", defaultValue = "stretch", description = "how the films in the caches became square: stretch or crop")
    private String geometry;
    @Option(names = "--threads", defaultValue = "2", description = "threads of libtorch")
    private int threads;

    @Override
    public Integer call() throws IOException {
        Provenance.Training training = Provenance.read(model);
        Map<String, FilmCache> caches = caches(training);
        Map<String, Tensor> weights = halves(model.resolve(FineTuning.WEIGHTS));
        try (NDManager root = Torch.start(threads);
                Network network = new Network(root, training.architecture(), weights, training.inputSize(),
                    training.architecture().mean(), training.architecture().std())) {
            Map<String, Predictions> predictions = new LinkedHashMap<>();
            Map<String, HeatMapScore[]> hits = new LinkedHashMap<>();
            caches.forEach((name, cache) -> {
                System.out.printf("Measuring %d films: %s.%n", cache.films(), name);
                var measured = HeatMapHits.measure(network, cache);
                predictions.put(name, measured.predictions());
                hits.put(name, measured.hits());
            });
            List<LabelCard> labels = LabelEvaluation.fit(predictions.get("validation"), sensitivity);
            List<DataSetMetrics> metrics = new ArrayList<>();
            predictions.forEach((name, p) -> metrics.add(LabelEvaluation.measure(name, p, labels, hits.get(name))));
            ModelCard card = new ModelCard(ModelCard.SCHEMA, training.name(), training.version(), training.architecture(),
                training.inputSize(), Geometry.of(geometry),
                training.architecture().mean(), training.architecture().std(), labels, metrics, training.lineage(),
                training.synthetic(), training.synthetic() ? ModelCard.SYNTHETIC_NOTICE : "");
            card.write(model.resolve(ModelCard.FILE));
            Files.writeString(model.resolve("card.md"), CardText.of(card, plots(predictions, labels), command()));
            List<FilmCache> order = new ArrayList<>(caches.values());
            Evidence.writeProbe(model.resolve(Evidence.PROBE), network, order.get(order.size() > 1 ? 1 : 0));
            Evidence.writeEval(model.resolve(Evidence.EVAL), predictions, training.inputSize());
        }
        System.out.println(Files.readString(model.resolve("card.md")));
        return 0;
    }

    private Map<String, FilmCache> caches(Provenance.Training training) throws IOException {
        Map<String, FilmCache> out = new LinkedHashMap<>();
        out.put("validation", FilmCache.open(valid));
        for (var entry : data.entrySet()) {
            out.put(entry.getKey(), FilmCache.open(entry.getValue()));
        }
        for (FilmCache cache : out.values()) {
            if (!cache.labelNames().equals(training.labels())) {
                throw new IOException("%s has the labels %s, the model %s.".formatted(cache.file(), cache.labelNames(), training.labels()));
            }
        }
        return out;
    }

    /** The weights as they are served: rounded to fp16, whatever the file holds. */
    private static Map<String, Tensor> halves(Path file) throws IOException {
        Map<String, Tensor> out = new LinkedHashMap<>();
        Safetensors.read(file).tensors().forEach((name, tensor) -> out.put(name, tensor.toF16()));
        return out;
    }

    /** Pictures need fonts; a machine without any still gets its numbers. */
    private Map<String, String> plots(Map<String, Predictions> predictions, List<LabelCard> labels) throws IOException {
        System.setProperty("java.awt.headless", "true");
        Map<String, String> out = new LinkedHashMap<>();
        for (var entry : predictions.entrySet()) {
            String file = "roc-" + entry.getKey() + ".png";
            try {
                RocPlot.write(model.resolve(file), entry.getKey(), entry.getValue(), labels);
                out.put(entry.getKey(), file);
            } catch (LinkageError | java.awt.AWTError | InternalError e) {
                System.err.println("No plot of " + entry.getKey() + ": this Java has no fonts to draw with (" + e.getMessage() + ").");
            }
        }
        return out;
    }

    private String command() {
        return "./hilum " + String.join(" ", spec.commandLine().getParseResult().originalArgs());
    }
}
