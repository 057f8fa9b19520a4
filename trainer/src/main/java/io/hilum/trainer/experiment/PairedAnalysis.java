package io.hilum.trainer.experiment;

import io.hilum.model.card.Interval;
import io.hilum.model.metric.ClusterBootstrap;
import io.hilum.model.metric.RankedScores;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Several ways of scoring the same test films, each with one or more seeds, compared. Two uncertainties, kept apart:
 *
 * <ul>
 * <li>which films were tested: 95 % intervals over resampled test groups (patients), the same resamples for all ways and
 *     seeds, of the mean AUC over the seeds that were run and of differences of such means;
 * <li>which seeds were run: the standard deviation of the AUC over seeds, and of the paired differences.
 * </ul>
 *
 * An interval says nothing about other seeds, a spread nothing about other patients. Read-only after construction; any thread.
 */
final class PairedAnalysis {
    private static final long SEED = 31;
    private final Map<String, double[]> aucs = new LinkedHashMap<>();
    private final Map<String, double[]> means = new LinkedHashMap<>();
    private final int groups;

    /**
     * @param truth 0 or 1 of each test film
     * @param cluster its group or patient
     * @param scores by name of the way, one array of logits a seed
     */
    PairedAnalysis(int[] truth, long[] cluster, Map<String, List<double[]>> scores) {
        var bootstrap = new ClusterBootstrap(cluster, SEED);
        this.groups = bootstrap.clusters();
        scores.forEach((name, seeds) -> {
            List<RankedScores> ranked = seeds.stream().map(s -> RankedScores.of(s, truth)).toList();
            aucs.put(name, ranked.stream().mapToDouble(r -> r.auc(null)).toArray());
            means.put(name, bootstrap.draws(w -> new double[] {ranked.stream().mapToDouble(r -> r.auc(w)).average().orElse(Double.NaN)})[0]);
        });
    }

    /** Number of test groups (patients). */
    int groups() {
        return groups;
    }

    boolean has(String name) {
        return aucs.containsKey(name);
    }

    /** The AUC of each seed. */
    double[] aucs(String name) {
        return aucs.get(name).clone();
    }

    /** The mean AUC over seeds with its interval over test groups. */
    Interval mean(String name) {
        return ClusterBootstrap.interval(average(aucs.get(name)), means.get(name));
    }

    /** Mean of {@code a} minus mean of {@code b} with its interval over test groups. */
    Interval difference(String a, String b) {
        double[] drawn = new double[means.get(a).length];
        for (int r = 0; r < drawn.length; r++) {
            drawn[r] = means.get(a)[r] - means.get(b)[r];
        }
        return ClusterBootstrap.interval(average(aucs.get(a)) - average(aucs.get(b)), drawn);
    }

    /** {@code a} minus {@code b} seed by seed; both must have the same seeds. */
    double[] paired(String a, String b) {
        double[] x = aucs.get(a);
        double[] y = aucs.get(b);
        if (x.length != y.length) {
            throw new IllegalArgumentException("'%s' has %d seeds, '%s' %d: they cannot be paired.".formatted(a, x.length, b, y.length));
        }
        double[] out = new double[x.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = x[i] - y[i];
        }
        return out;
    }

    /** The way with the highest mean AUC among some. */
    String best(List<String> names) {
        return names.stream().filter(this::has).max((p, q) -> Double.compare(average(aucs.get(p)), average(aucs.get(q)))).orElseThrow();
    }

    static double average(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    /** Standard deviation with n - 1; NaN for fewer than two values. */
    static double spread(double[] values) {
        if (values.length < 2) {
            return Double.NaN;
        }
        double mean = average(values);
        return Math.sqrt(Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1));
    }
}
