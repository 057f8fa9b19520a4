package io.hilum.trainer.eval;

import io.hilum.model.card.Interval;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * 95 % intervals by drawing whole clusters (patients) again and again: films of one patient are no independent
 * evidence. Percentile method. Read-only; any thread.
 */
final class ClusterBootstrap {
    static final int RESAMPLES = 1000;
    private final int[] clusterOf;
    private final int clusters;
    private final long seed;

    ClusterBootstrap(long[] cluster, long seed) {
        Map<Long, Integer> ids = new HashMap<>();
        this.clusterOf = Arrays.stream(cluster).mapToInt(c -> ids.computeIfAbsent(c, k -> ids.size())).toArray();
        this.clusters = ids.size();
        this.seed = seed;
    }

    int clusters() {
        return clusters;
    }

    /** How often each film occurs in resample {@code r}. */
    int[] weights(int r) {
        // Seeded by a random number: seeds a constant apart can give one sequence, only shifted.
        var random = new SplittableRandom(new SplittableRandom(seed * RESAMPLES + r).nextLong());
        int[] drawn = new int[clusters];
        for (int i = 0; i < clusters; i++) {
            drawn[random.nextInt(clusters)]++;
        }
        int[] out = new int[clusterOf.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = drawn[clusterOf[i]];
        }
        return out;
    }

    /** @param statistic of the films, each counted as often as its weight says; NaN where it does not exist */
    Interval of(ToDoubleFunction<int[]> statistic) {
        int[] once = new int[clusterOf.length];
        Arrays.fill(once, 1);
        double[] all = new double[RESAMPLES];
        for (int r = 0; r < RESAMPLES; r++) {
            all[r] = statistic.applyAsDouble(weights(r));
        }
        double[] known = Arrays.stream(all).filter(v -> !Double.isNaN(v)).sorted().toArray();
        return new Interval(statistic.applyAsDouble(once), quantile(known, 0.025), quantile(known, 0.975));
    }

    /** Linear between the neighbours. */
    static double quantile(double[] sorted, double p) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double at = p * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
