package io.hilum.model.bundle;

import io.hilum.model.Architecture;
import io.hilum.model.card.LabelCard;
import io.hilum.model.card.ModelCard;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * {@code bundle.json}: everything a service must know about a model before it runs it.
 *
 * @param format version of this file's layout
 * @param card the model card: architecture, geometry, normalisation, labels with calibration and operating
 *     points, metrics, lineage, notice
 * @param created ISO 8601, UTC
 * @param proof how far the exported graph is from the trainer's own numbers
 * @param modelFile the network, a name within the bundle
 * @param selfTestFile inputs with outputs, see {@link SelfTest}; a name within the bundle
 * @param files SHA-256 (lower-case hex) of every other file of the bundle, by name
 */
public record BundleManifest(
        int format, ModelCard card, String created, Proof proof, String modelFile, String selfTestFile,
        Map<String, String> files) {

    /** The layout that this code writes and reads. */
    public static final int FORMAT = 1;

    public BundleManifest {
        Objects.requireNonNull(card, "card");
        Objects.requireNonNull(proof, "proof");
        files = java.util.Collections.unmodifiableMap(new TreeMap<>(files));
        for (String file : List.of(modelFile, selfTestFile)) {
            if (!files.containsKey(file)) {
                throw new IllegalArgumentException("The bundle's file " + file + " has no SHA-256.");
            }
        }
    }

    /** The model line, e.g. {@code demo}. */
    public String line() {
        return card.name();
    }

    /** The model's version within its line. */
    public String version() {
        return card.version();
    }

    /** In the order of the logits. */
    public List<LabelCard> labels() {
        return card.labels();
    }

    /** Side of the square input, in pixels. */
    public int inputSize() {
        return card.inputSize();
    }

    /** Side of a heat map, in cells. */
    public int grid() {
        return Architecture.grid(card.inputSize());
    }
}
