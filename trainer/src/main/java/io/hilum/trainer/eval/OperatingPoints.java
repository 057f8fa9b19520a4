package io.hilum.trainer.eval;

import io.hilum.trainer.eval.metric.Wilson;
import io.hilum.trainer.eval.metric.ClusterBootstrap;
import io.hilum.model.card.Interval;
import io.hilum.model.card.OperatingPoint;
import java.util.Arrays;

/**
 * Finds the highest threshold whose lower 95 % bound of sensitivity reaches a target, on the validation films. The
 * bound is the lower of two: the bootstrap's over patients, and Wilson's, which stays honest when every film is found.
 */
final class OperatingPoints {
    /** With fewer films that have the finding there is no operating point. */
    static final int MIN_POSITIVES = 50;

    private OperatingPoints() {}

    /** @return null when there is not enough evidence, or no threshold reaches the target */
    static OperatingPoint find(Scores scores, ClusterBootstrap bootstrap, double target) {
        int positives = scores.positives();
        if (positives < MIN_POSITIVES || scores.negatives() < LabelEvaluation.MIN_EACH) {
            return null;
        }
        double threshold = highest(scores, lowerBounds(scores, bootstrap, positives), target);
        return Double.isNaN(threshold) ? null : new OperatingPoint(threshold, target,
            sensitivity(scores, bootstrap, threshold), specificity(scores, bootstrap, threshold), positives);
    }

    static Interval sensitivity(Scores scores, ClusterBootstrap bootstrap, double threshold) {
        Interval drawn = bootstrap.of(w -> scores.reached(threshold, true, w));
        int n = scores.positives();
        return Wilson.wider(drawn, Wilson.of(Math.round(drawn.value() * n), n));
    }

    static Interval specificity(Scores scores, ClusterBootstrap bootstrap, double threshold) {
        Interval drawn = bootstrap.of(w -> 1 - scores.reached(threshold, false, w));
        int n = scores.negatives();
        return Wilson.wider(drawn, Wilson.of(Math.round(drawn.value() * n), n));
    }

    /** For k = 1..positives: the lower bound of sensitivity when the k best-scored positives are found. */
    private static double[] lowerBounds(Scores scores, ClusterBootstrap bootstrap, int positives) {
        int[] byScore = positivesByFallingScore(scores);
        double[][] drawn = new double[positives][ClusterBootstrap.RESAMPLES];
        for (int r = 0; r < ClusterBootstrap.RESAMPLES; r++) {
            int[] weight = bootstrap.weights(r);
            double total = Arrays.stream(byScore).mapToDouble(film -> weight[film]).sum();
            double found = 0;
            for (int k = 0; k < positives; k++) {
                found += weight[byScore[k]];
                drawn[k][r] = total == 0 ? 0 : found / total;
            }
        }
        double[] out = new double[positives];
        for (int k = 0; k < positives; k++) {
            Arrays.sort(drawn[k]);
            out[k] = Math.min(ClusterBootstrap.quantile(drawn[k], 0.025), Wilson.of(k + 1, positives).low());
        }
        return out;
    }

    private static int[] positivesByFallingScore(Scores scores) {
        int[] rising = Arrays.stream(scores.order()).filter(film -> scores.truth()[film]).toArray();
        int[] falling = new int[rising.length];
        for (int i = 0; i < rising.length; i++) {
            falling[i] = rising[rising.length - 1 - i];
        }
        return falling;
    }

    /**
     * Half-way between the last positive that must be found and the film below it, so that a service whose
     * arithmetic differs in the last digits decides alike.
     */
    private static double highest(Scores scores, double[] lower, double target) {
        int[] byScore = positivesByFallingScore(scores);
        for (int k = 0; k < lower.length; k++) {
            if (lower[k] >= target) {
                double last = scores.probability()[byScore[k]];
                double below = Arrays.stream(scores.probability()).filter(p -> p < last).max().orElse(0);
                return (last + below) / 2;
            }
        }
        return Double.NaN;
    }
}
