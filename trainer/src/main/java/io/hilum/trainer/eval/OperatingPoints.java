package io.hilum.trainer.eval;

import io.hilum.model.card.Interval;
import io.hilum.model.card.OperatingPoint;
import io.hilum.model.metric.ClusterBootstrap;
import io.hilum.model.metric.Counts;
import io.hilum.model.metric.RankedScores;
import io.hilum.model.metric.Wilson;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Finds the highest threshold whose lower 95 % bound of sensitivity reaches a target, on the validation films. The
 * bound is the lower end of the two-sided interval (so it fails once in 40 times, not once in 20), and the lower of two: the
 * bootstrap's over patients, which knows that films of one patient fail together, and Wilson's, which stays honest when every
 * film is found.
 */
final class OperatingPoints {
    /** With fewer films that have the finding there is no operating point. */
    static final int MIN_POSITIVES = 50;

    private OperatingPoints() {}

    /** @param why there is no point, in a sentence; null when there is one */
    record Found(OperatingPoint point, String why) {}

    static Found find(RankedScores scores, ClusterBootstrap bootstrap, double target) {
        int positives = scores.positives();
        if (positives < MIN_POSITIVES) {
            return new Found(null, "%d validation films with the finding; an operating point needs %d.".formatted(positives, MIN_POSITIVES));
        }
        if (scores.negatives() < Choice.MIN_EACH) {
            return new Found(null, "%d validation films without the finding; an operating point needs %d.".formatted(scores.negatives(), Choice.MIN_EACH));
        }
        int last = fewest(scores, bootstrap, target);
        if (last < 0) {
            return new Found(null, String.format(Locale.ROOT,
                "Even with every film flagged the lower bound of sensitivity on %d films stays below %.2f.", positives, target));
        }
        double threshold = between(scores, last);
        int cut = scores.reaching(threshold);
        Interval sensitivity = share(scores, cut, bootstrap, Counts::sensitivity, positives);
        Interval specificity = share(scores, cut, bootstrap, Counts::specificity, scores.negatives());
        return new Found(new OperatingPoint(threshold, target, sensitivity, specificity, positives), null);
    }

    private static Interval share(RankedScores scores, int cut, ClusterBootstrap bootstrap, ToDoubleFunction<Counts> of, int films) {
        Interval drawn = bootstrap.of(w -> of.applyAsDouble(scores.counts(cut, w)));
        return Wilson.wider(drawn, Wilson.of(Math.round(drawn.value() * films), films));
    }

    /** The place in the ranking of the positive film that must still be found; -1 when all together are not enough. */
    private static int fewest(RankedScores scores, ClusterBootstrap bootstrap, double target) {
        int[] positive = IntStream.range(0, scores.films()).filter(scores::truth).toArray();
        int[] film = Arrays.stream(positive).map(scores::film).toArray();
        int[][] drawn = IntStream.range(0, bootstrap.resamples()).parallel()
            .mapToObj(r -> cumulative(bootstrap.weights(r), film)).toArray(int[][]::new);
        int low = 0;
        int high = positive.length;
        // The bound rises with the number of films found.
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (lowerBound(drawn, middle, positive.length) >= target) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low == positive.length ? -1 : positive[low];
    }

    private static int[] cumulative(int[] weight, int[] film) {
        int[] out = new int[film.length];
        int sum = 0;
        for (int k = 0; k < film.length; k++) {
            sum += weight[film[k]];
            out[k] = sum;
        }
        return out;
    }

    /** Of sensitivity, when the {@code k + 1} best-scored positives are found. */
    private static double lowerBound(int[][] drawn, int k, int positives) {
        double[] share = Arrays.stream(drawn).mapToDouble(sums -> sums[positives - 1] == 0 ? 0 : (double) sums[k] / sums[positives - 1]).sorted().toArray();
        return Math.min(ClusterBootstrap.quantile(share, 0.025), Wilson.of(k + 1, positives).low());
    }

    /**
     * Half-way between the last positive that must be found and the film below it, so that a service whose
     * arithmetic differs in the last digits decides alike.
     */
    private static double between(RankedScores scores, int last) {
        double value = scores.value(last);
        int below = scores.reaching(value);
        return (value + (below < scores.films() ? scores.value(below) : 0)) / 2;
    }
}
