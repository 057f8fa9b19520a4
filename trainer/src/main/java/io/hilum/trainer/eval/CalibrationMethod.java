package io.hilum.trainer.eval;

/** How logits become probabilities. */
public enum CalibrationMethod {
    /** Slope and intercept for each label. */
    PLATT,
    /** One divisor: for each label, or for all when the model names exactly one. */
    TEMPERATURE,
    /** Probabilities as the network gives them. */
    NONE
}
