package io.hilum.model.card;

/**
 * Platt scaling of one label: probability = 1 / (1 + exp(-(a * logit + b))).
 *
 * @param a slope; positive, so that the order of films is kept
 */
public record Calibration(double a, double b) {
    /** Leaves a logit as it is. */
    public static final Calibration NONE = new Calibration(1, 0);

    public Calibration {
        if (!(a > 0) || !Double.isFinite(a) || !Double.isFinite(b)) {
            throw new IllegalArgumentException("A calibration needs a positive slope and finite values, not a = %s, b = %s.".formatted(a, b));
        }
    }

    /** The calibrated probability of a logit. */
    public double probability(double logit) {
        return 1 / (1 + Math.exp(-(a * logit + b)));
    }
}
