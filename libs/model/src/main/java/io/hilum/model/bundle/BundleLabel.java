package io.hilum.model.bundle;

import java.util.Objects;

/**
 * A label and how its logit is read: p = sigmoid(calibrationA * logit + calibrationB) (Platt 1999).
 *
 * @param name e.g. {@code Pneumothorax}
 * @param calibrationA positive: a larger logit is always more likely
 * @param calibrationB offset in calibrated log-odds
 * @param operatingPoint calibrated probability from which the label counts as positive; null where the
 *     evidence does not support one: the label then never sets a priority
 */
public record BundleLabel(String name, double calibrationA, double calibrationB, Double operatingPoint) {

    public BundleLabel {
        Objects.requireNonNull(name, "name");
        if (!(calibrationA > 0) || !Double.isFinite(calibrationA) || !Double.isFinite(calibrationB)) {
            throw new IllegalArgumentException("Label " + name + " has the calibration a=" + calibrationA + " b="
                    + calibrationB + "; a must be positive and both finite.");
        }
        if (operatingPoint != null && !(operatingPoint > 0 && operatingPoint < 1)) {
            throw new IllegalArgumentException("Label " + name + " has the operating point " + operatingPoint
                    + "; it must lie between 0 and 1, or be absent.");
        }
    }

    /** Calibrated probability, 0..1. */
    public double probability(double logit) {
        return 1 / (1 + Math.exp(-(calibrationA * logit + calibrationB)));
    }
}
