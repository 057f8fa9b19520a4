package io.hilum.model.card;

/**
 * How well one label does on one data set. A field is null when it cannot be said: fewer than 20 films with or
 * without the finding, no operating point, or no known places of lesions.
 *
 * @param auc area under the ROC curve; interval by bootstrap over clusters (patients)
 * @param brier mean squared error of the calibrated probability
 * @param sensitivity at the operating point
 * @param specificity at the operating point
 * @param heatMap how often the map's maximum lies inside of the lesion
 */
public record LabelMetrics(String label, int positives, int negatives, Interval auc, Interval brier,
        Interval sensitivity, Interval specificity, HeatMapScore heatMap) {}
