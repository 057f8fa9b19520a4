package io.hilum.model.card;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.hilum.model.Architecture;
import io.hilum.model.input.Geometry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * {@code card.json}: everything that must be known to run a model, to read its scores and to trust them no
 * further than measured.
 *
 * @param schema version of this file's form
 * @param name the model line, such as {@code demo}
 * @param version of this training
 * @param inputSize side of the input in pixels
 * @param geometry how a canvas becomes the input
 * @param mean subtracted from pixel / 255
 * @param std divided by after that
 * @param labels in the order of the model's outputs
 * @param trainedOnSynthetic true: nothing it says about a real film may set a priority
 * @param notice a sentence to show beside each result; empty when there is none
 * @param softmax null where every label stands for itself; otherwise the model names exactly one of its labels
 */
public record ModelCard(int schema, String name, String version, Architecture architecture, int inputSize,
        Geometry geometry, double mean, double std, List<LabelCard> labels, List<DataSetMetrics> metrics,
        Lineage lineage, boolean trainedOnSynthetic, String notice, @JsonInclude(JsonInclude.Include.NON_NULL) Softmax softmax) {
    /** The file's name in a model folder. */
    public static final String FILE = "card.json";
    /** The form written today. */
    public static final int SCHEMA = 1;
    /** The notice of every model that never saw a patient. */
    public static final String SYNTHETIC_NOTICE = "trained on synthetic images";

    private static final ObjectMapper JSON = new ObjectMapper()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    /** A model whose labels are independent of each other. */
    public ModelCard(int schema, String name, String version, Architecture architecture, int inputSize, Geometry geometry, double mean,
            double std, List<LabelCard> labels, List<DataSetMetrics> metrics, Lineage lineage, boolean trainedOnSynthetic, String notice) {
        this(schema, name, version, architecture, inputSize, geometry, mean, std, labels, metrics, lineage, trainedOnSynthetic, notice, null);
    }

    public ModelCard {
        if (name == null || version == null || architecture == null || geometry == null || labels == null || labels.stream().anyMatch(Objects::isNull)) {
            throw new IllegalArgumentException("A card needs a name, a version, an architecture, a geometry and labels; one is missing.");
        }
        labels = List.copyOf(labels);
        metrics = metrics == null ? List.of() : List.copyOf(metrics);
        if (schema != SCHEMA) {
            throw new IllegalArgumentException("The card has the form %d; this program reads %d.".formatted(schema, SCHEMA));
        }
        if (labels.isEmpty() || labels.stream().map(LabelCard::name).distinct().count() != labels.size()) {
            throw new IllegalArgumentException("A card needs labels, each with a name of its own.");
        }
        if (softmax != null && labels.size() < 2) {
            throw new IllegalArgumentException("A model that names one of its labels needs at least two.");
        }
        Architecture.grid(inputSize);
        if (!(std > 0)) {
            throw new IllegalArgumentException("The card's std must be positive, not " + std + ".");
        }
        if (trainedOnSynthetic && (notice == null || notice.isBlank())) {
            throw new IllegalArgumentException("A model trained on synthetic images needs a notice that says so.");
        }
    }

    /** The labels' names in the order of the outputs. */
    public List<String> labelNames() {
        return labels.stream().map(LabelCard::name).toList();
    }

    /** The same card with the results of one more data set (replacing one of the same name). */
    public ModelCard withMetrics(DataSetMetrics added) {
        var all = new java.util.ArrayList<>(metrics);
        all.removeIf(m -> m.name().equals(added.name()));
        all.add(added);
        return new ModelCard(schema, name, version, architecture, inputSize, geometry, mean, std, labels, all, lineage,
            trainedOnSynthetic, notice, softmax);
    }

    /**
     * How far each label is above its operating point: calibrated log-odds less those of the point, or less even odds where
     * there is none. By this labels are ranked.
     *
     * @param logits one a label, finite
     */
    public double[] margins(float[] logits) {
        double[] logOdds = softmax == null ? null : softmax.logOdds(logits);
        double[] out = new double[logits.length];
        for (int l = 0; l < out.length; l++) {
            LabelCard label = labels.get(l);
            double point = label.operatingPoint() == null ? 0.5 : label.operatingPoint().threshold();
            double score = logOdds == null ? logits[l] : logOdds[l];
            out[l] = label.calibration().a() * score + label.calibration().b() - Math.log(point / (1 - point));
        }
        return out;
    }

    /**
     * The calibrated probability of each label.
     *
     * @param logits one a label, finite
     */
    public double[] probabilities(float[] logits) {
        double[] logOdds = softmax == null ? null : softmax.logOdds(logits);
        double[] out = new double[logits.length];
        for (int l = 0; l < out.length; l++) {
            out[l] = labels.get(l).calibration().probability(logOdds == null ? logits[l] : logOdds[l]);
        }
        return out;
    }

    public static ModelCard read(Path file) throws IOException {
        return parse(Files.readAllBytes(file), file.toString());
    }

    /** @param where named in the error when the card is wrong */
    public static ModelCard parse(byte[] json, String where) throws IOException {
        try {
            return JSON.readValue(json, ModelCard.class);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IOException(where + " is no model card: " + e.getOriginalMessage(), e);
        }
    }

    public byte[] toJson() throws IOException {
        return JSON.writeValueAsBytes(this);
    }

    public void write(Path file) throws IOException {
        Files.write(file, toJson());
    }
}
