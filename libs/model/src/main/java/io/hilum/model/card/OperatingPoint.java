package io.hilum.model.card;

/**
 * The score from which a label counts as found: the highest threshold whose lower 95 % bound of sensitivity on
 * the validation set reaches the target.
 *
 * @param threshold calibrated probability; found when score >= threshold
 * @param target the sensitivity that was asked for
 * @param sensitivity on the validation set, with its interval
 * @param specificity on the validation set, with its interval
 * @param positives films with the finding in the validation set
 */
public record OperatingPoint(double threshold, double target, Interval sensitivity, Interval specificity, int positives) {
    public OperatingPoint {
        if (!(threshold >= 0 && threshold <= 1)) {
            throw new IllegalArgumentException("An operating point is a probability, 0 to 1, not " + threshold + ".");
        }
    }
}
