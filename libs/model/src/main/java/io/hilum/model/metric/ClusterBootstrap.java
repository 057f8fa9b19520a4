package io.hilum.model.metric;

import io.hilum.model.card.Interval;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * 95 % intervals by drawing whole clusters (patients) again and again: films of one patient are no independent
 * evidence. Percentile method (Efron and Tibshirani, 1993, chapter 13; resampling of clusters: Field and Welsh, 2007).
 * Resample {@code r} follows from the seed and {@code r} alone, so the result does not depend on the number of threads.
 *
 * <p>Threads: read-only, may be shared; {@link #draws} uses the common pool.
 */
public final class ClusterBootstrap {
    /** Enough for an interval's ends to be steady to about a tenth of its width. */
    public static final int RESAMPLES = 1000;
    private final int[] clusterOf;
    private final int clusters;
    private final int resamples;
    private final long seed;

    /** @param cluster of each film of the data set */
    public ClusterBootstrap(long[] cluster, long seed) {
        this(cluster, RESAMPLES, seed);
    }

    public ClusterBootstrap(long[] cluster, int resamples, long seed) {
        Map<Long, Integer> ids = new HashMap<>();
        this.clusterOf = Arrays.stream(cluster).mapToInt(c -> ids.computeIfAbsent(c, k -> ids.size())).toArray();
        this.clusters = ids.size();
        this.resamples = resamples;
        this.seed = seed;
    }

    /** Number of different clusters. */
    public int clusters() {
        return clusters;
    }

    public int resamples() {
        return resamples;
    }

    /** How often each film occurs in resample {@code r}. */
    public int[] weights(int r) {
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

    /**
     * Several statistics of the same resamples, so that a mean or a difference of them has an interval of its own.
     *
     * @param statistics of the films, each counted as often as its weight says; NaN where one does not exist; called
     *     from several threads
     * @return [statistic][resample]
     */
    public double[][] draws(Function<int[], double[]> statistics) {
        double[][] byResample = IntStream.range(0, resamples).parallel().mapToObj(r -> statistics.apply(weights(r))).toArray(double[][]::new);
        double[][] out = new double[byResample.length == 0 ? 0 : byResample[0].length][resamples];
        for (int r = 0; r < resamples; r++) {
            for (int s = 0; s < out.length; s++) {
                out[s][r] = byResample[r][s];
            }
        }
        return out;
    }

    /** One statistic with its interval. */
    public Interval of(ToDoubleFunction<int[]> statistic) {
        int[] once = new int[clusterOf.length];
        Arrays.fill(once, 1);
        return interval(statistic.applyAsDouble(once), draws(w -> new double[] {statistic.applyAsDouble(w)})[0]);
    }

    /** The middle 95 % of what was drawn; resamples in which the statistic does not exist are left out. */
    public static Interval interval(double value, double[] draws) {
        double[] known = Arrays.stream(draws).filter(v -> !Double.isNaN(v)).sorted().toArray();
        return new Interval(value, quantile(known, 0.025), quantile(known, 0.975));
    }

    /** Linear between the neighbours. */
    public static double quantile(double[] sorted, double p) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double at = p * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
