package io.hilum.trainer.eval.report;

import io.hilum.model.card.HeatMapScore;
import io.hilum.model.card.Interval;
import java.util.List;

/**
 * One label on one data set.
 *
 * @param status {@link #EVALUATED} or {@link #NOT_EVALUABLE}; in the latter case everything after {@code clustersWithout} but the heat
 *     map is null or empty, and the label is in no mean
 * @param reason of the status, a sentence; null when evaluated
 * @param positives films with the finding
 * @param negatives films without
 * @param unknown films for which nobody knows; outside of everything
 * @param clustersWith patients with at least one such film
 * @param clustersWithout patients with at least one film without the finding
 * @param auc area under the ROC curve
 * @param averagePrecision area under the precision-recall curve; a score that knows nothing has the share of positives
 * @param decision at the operating point; null without one
 * @param before probabilities as the network gives them
 * @param after probabilities after calibration; what is served
 * @param roc the curve: [1 - specificity, sensitivity, threshold], thinned to some 250 points
 * @param rocBand pointwise 95 % band: [1 - specificity, low, high of sensitivity]
 * @param precisionRecall [sensitivity, precision], thinned
 * @param histogram scores of films with and without the finding
 * @param heatMap how often the map's maximum lies in the lesion; null where lesions' places are not known
 * @param subgroups by sex, age band, view and source
 * @param sources whether the score tells sources apart; null where fewer than two are known
 * @param particulars what the film's particulars alone would reach
 */
public record LabelReport(String label, String status, String reason, int positives, int negatives, int unknown, int clustersWith,
        int clustersWithout, Interval auc, Interval averagePrecision, DecisionReport decision, CalibrationReport before,
        CalibrationReport after, List<double[]> roc, List<double[]> rocBand, List<double[]> precisionRecall, Histogram histogram,
        HeatMapScore heatMap, List<SubgroupReport> subgroups, SourceReport sources, List<Particular> particulars) {
    public static final String EVALUATED = "evaluated";
    public static final String NOT_EVALUABLE = "not_evaluable";

    /**
     * Films by probability.
     *
     * @param edges of the bins, rising, one more than bins; equally wide in log-odds
     */
    public record Histogram(double[] edges, int[] with, int[] without) {}

    /**
     * How well one property of the film, without any look at its pixels, separates films with and without the finding: each
     * group's share of positives on the validation films as a score.
     *
     * @param attribute sex, age, view or source
     */
    public record Particular(String attribute, Interval auc) {}

    /** Whether anything was measured. */
    public boolean evaluated() {
        return EVALUATED.equals(status);
    }
}
