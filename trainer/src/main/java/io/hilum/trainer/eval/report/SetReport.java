package io.hilum.trainer.eval.report;

import io.hilum.model.card.Interval;
import java.util.List;

/**
 * Results on one data set.
 *
 * @param role {@code validation}: what was fitted on it is flattered; {@code test}: nothing was chosen on it; {@code chosen-on}: the
 *     paper's protocol chose the checkpoint on it
 * @param films that were measured
 * @param clusters patients (or groups) that they belong to
 * @param outOfScope films left out because the patient is known to be under 18
 * @param composition films by sex, age, view and source
 * @param meanAuc mean over {@code meanOver} labels with a joint interval; null when no label can be evaluated
 * @param meanAveragePrecision likewise
 * @param meanOver names of the labels in the means
 * @param labels in the model's order
 * @param singleLabel decisions of a model that names exactly one label; null for others
 */
public record SetReport(String name, String description, String role, int films, int clusters, int outOfScope, List<Share> composition,
        Interval meanAuc, Interval meanAveragePrecision, List<String> meanOver, List<LabelReport> labels, SingleLabelReport singleLabel) {
    /** Role of the films that calibration and operating points come from. */
    public static final String VALIDATION = "validation";
    /** Role of films that nothing was chosen on. */
    public static final String TEST = "test";
    /** Role of films that the paper's protocol chose the checkpoint on. */
    public static final String CHOSEN_ON = "chosen-on";

    /** How many films have a property. @param attribute sex, age, view or source */
    public record Share(String attribute, String group, int films, int clusters) {}

    public SetReport {
        composition = List.copyOf(composition);
        meanOver = List.copyOf(meanOver);
        labels = List.copyOf(labels);
    }
}
