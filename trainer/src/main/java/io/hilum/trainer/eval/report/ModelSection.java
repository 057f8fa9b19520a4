package io.hilum.trainer.eval.report;

import io.hilum.model.card.Lineage;
import java.util.List;

/**
 * What was measured.
 *
 * @param name the model line
 * @param architecture such as {@code eva-x-ti}
 * @param inputSize side of the input in pixels
 * @param geometry how a canvas becomes the input
 * @param labels in the order of the outputs
 * @param temperature of a model that names exactly one label; null where labels are independent
 * @param weightsSha256 hex digest of the weights' file
 * @param epoch of the training that gave the weights
 */
public record ModelSection(String name, String version, String architecture, int inputSize, String geometry, List<String> labels,
        Double temperature, String weightsSha256, double epoch, Lineage lineage) {}
