package io.hilum.trainer.eval.report;

import io.hilum.model.card.Interval;
import java.util.List;

/**
 * Decisions of a model that names exactly one label: the one with the largest probability.
 *
 * @param films with a known class
 * @param accuracy share of films that were called what they are
 * @param confusion [truth][called]
 * @param classes in the model's order
 */
public record SingleLabelReport(int films, Interval accuracy, Interval meanSensitivity, int[][] confusion, List<ClassReport> classes) {
    /** @param ppv null when nothing was called so */
    public record ClassReport(String label, int films, int called, Interval sensitivity, Interval ppv) {}

    public SingleLabelReport {
        classes = List.copyOf(classes);
    }
}
