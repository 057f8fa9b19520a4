package io.hilum.model.card;

/**
 * How well one label does on one data set. A field is null when it cannot be said: fewer than 20 films with or
 * without the finding, no operating point, or no known places of lesions. What follows {@code heatMap} is absent in older cards.
 *
 * @param auc area under the ROC curve; interval by bootstrap over clusters (patients)
 * @param brier mean squared error of the calibrated probability
 * @param sensitivity at the operating point
 * @param specificity at the operating point
 * @param heatMap how often the map's maximum lies inside of the lesion
 * @param averagePrecision area under the precision-recall curve
 * @param ppv share of flagged films that have the finding, at this data set's frequency of it
 * @param npv share of films not flagged that are free of it, likewise
 * @param calibrationSlope 1 is right; below 1 the calibrated probabilities are too extreme
 * @param calibrationIntercept 0 is right; above 0 the calibrated probabilities are too low
 * @param ece expected calibration error of the calibrated probability in ten bins of equal count
 */
public record LabelMetrics(String label, int positives, int negatives, Interval auc, Interval brier,
        Interval sensitivity, Interval specificity, HeatMapScore heatMap, Interval averagePrecision, Interval ppv, Interval npv,
        Interval calibrationSlope, Interval calibrationIntercept, Double ece) {}
