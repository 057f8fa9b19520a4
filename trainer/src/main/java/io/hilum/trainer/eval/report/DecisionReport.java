package io.hilum.trainer.eval.report;

import io.hilum.model.card.Interval;

/**
 * The decision at the operating point against the truth.
 *
 * @param threshold calibrated probability from which a film is flagged
 * @param tp films with the finding, flagged
 * @param fp films without, flagged
 * @param fn films with, not flagged
 * @param tn films without, not flagged
 * @param ppv at this data set's frequency of the finding; null when nothing is flagged
 * @param npv likewise; null when everything is flagged
 */
public record DecisionReport(double threshold, int tp, int fp, int fn, int tn, Interval sensitivity, Interval specificity, Interval ppv,
        Interval npv) {}
