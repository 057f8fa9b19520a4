package io.hilum.trainer.eval.report;

import io.hilum.model.card.Interval;
import io.hilum.trainer.eval.calibration.Reliability;

/**
 * How far probabilities are from what happened.
 *
 * @param brier mean squared error; always the share of positives gives p (1 - p)
 * @param slope of the truth on the log-odds; 1 is right; null where it is not finite
 * @param intercept of the same regression; 0 is right
 * @param meanPredicted mean probability
 * @param observed share of films with the finding
 */
public record CalibrationReport(Interval brier, Interval slope, Interval intercept, double meanPredicted, double observed,
        Reliability reliability) {}
