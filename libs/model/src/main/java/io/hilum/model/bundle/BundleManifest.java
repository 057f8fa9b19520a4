package io.hilum.model.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * {@code bundle.json}: everything a service must know about a model before it runs it.
 *
 * @param format version of this file's layout
 * @param line model line, e.g. {@code chest}
 * @param version version of the model within its line
 * @param created ISO 8601, UTC
 * @param architecture e.g. {@code EVA_X_TI}
 * @param geometry {@code STRETCH} or {@code CROP}: how a canvas becomes input
 * @param inputSize side of the square input, in pixels
 * @param grid side of the heat maps, in cells
 * @param mean of normalisation, on inputs in 0..1
 * @param std of normalisation, on inputs in 0..1
 * @param labels in the order of the logits
 * @param trainedOnSynthetic the model has seen only synthetic images
 * @param notice what people must be told about this model; may be empty
 * @param metrics as the trainer measured them
 * @param lineage where the weights come from
 * @param proof how far the exported graph is from the trainer's own numbers
 * @param modelFile the network, relative to the bundle
 * @param selfTestFile inputs with outputs, relative to the bundle
 * @param files SHA-256 (lower-case hex) of every other file of the bundle
 */
public record BundleManifest(
        int format,
        String line,
        String version,
        String created,
        String architecture,
        String geometry,
        int inputSize,
        int grid,
        double mean,
        double std,
        List<BundleLabel> labels,
        boolean trainedOnSynthetic,
        String notice,
        JsonNode metrics,
        JsonNode lineage,
        Proof proof,
        String modelFile,
        String selfTestFile,
        Map<String, String> files) {

    /** The layout that this code writes and reads. */
    public static final int FORMAT = 1;

    public BundleManifest {
        labels = List.copyOf(labels);
        files = Map.copyOf(files);
    }
}
