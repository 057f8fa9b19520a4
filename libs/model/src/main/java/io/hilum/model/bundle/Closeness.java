package io.hilum.model.bundle;

/**
 * How far one computation of a network is from another's on the same films.
 *
 * @param logits largest |difference| of a logit
 * @param logitTolerance what exact arithmetic may differ: see {@link Tolerance#logits}
 * @param rawMaps largest |difference| of a raw map, by the map's largest absolute value
 * @param probability 99th percentile of |difference| of a calibrated probability
 * @param flips share of decisions (probability at or above the operating point) that differ
 * @param decisionChanges decisions that differ although their margin is wider than the tolerance
 * @param mapCosine median cosine of raw maps
 */
public record Closeness(double logits, double logitTolerance, double rawMaps, double probability, double flips,
        int decisionChanges, double mapCosine) {

    /** The bounds of exact arithmetic and of rounded ones; int8 has its own proof, these keep it from nonsense. */
    public boolean within(Precision precision) {
        return switch (precision) {
            case FP32 -> logits <= logitTolerance && rawMaps <= Tolerance.CAM && decisionChanges == 0;
            case FP16, BF16 -> probability <= 0.01 && flips <= 0.005 && mapCosine >= 0.98;
            case INT8 -> probability <= 0.1 && mapCosine >= 0.9;
        };
    }

    /**
     * Whether a rounded network computes here what it computed where it was proven: rounding falls out a little otherwise on
     * another processor, but a machine whose sums saturate, or whose kernels are wrong, is much further off.
     */
    public boolean likeProven(Closeness proven) {
        return logits <= 1.5 * proven.logits + logitTolerance && mapCosine >= proven.mapCosine - 0.02;
    }

    /** In words, with what the precision allows. */
    public String describe(Precision precision) {
        return switch (precision) {
            case FP32 -> "logits differ by at most %.2g (allowed %.2g), raw heat maps by %.2g of their maximum (allowed %.2g), %d decisions change"
                    .formatted(logits, logitTolerance, rawMaps, Tolerance.CAM, decisionChanges);
            case FP16, BF16 -> "99 %% of probabilities differ by at most %.2g (allowed 0.01), %.2f %% of decisions (allowed 0.5), median cosine of raw heat maps %.4f (at least 0.98)"
                    .formatted(probability, 100 * flips, mapCosine);
            case INT8 -> "99 %% of probabilities differ by at most %.2g (allowed 0.1), median cosine of raw heat maps %.4f (at least 0.9)"
                    .formatted(probability, mapCosine);
        };
    }
}
