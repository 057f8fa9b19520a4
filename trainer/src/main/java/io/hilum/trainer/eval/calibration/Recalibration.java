package io.hilum.trainer.eval.calibration;

import io.hilum.model.card.Interval;
import java.util.HashMap;
import java.util.Map;

/**
 * How probabilities would have to be changed to be right: the logistic regression of the truth on the log-odds
 * (Cox, 1958). Slope 1 and intercept 0 are perfect; a slope below 1 means too extreme probabilities, a positive
 * intercept too low ones. Intervals by the cluster-robust (sandwich) variance of Liang and Zeger (1986), since films of one
 * patient are not independent.
 *
 * @param slope with its 95 % interval
 * @param intercept with its 95 % interval
 */
public record Recalibration(Interval slope, Interval intercept) {
    private static final double Z = 1.959963984540054;
    private static final int STEPS = 60;
    private static final double LARGEST = 1e4;

    /**
     * @param logOdds of the probability of each film, finite
     * @param truth 0 or 1; other values leave the film out
     * @return null where no finite answer exists: one kind is missing, or the probabilities separate the kinds perfectly
     */
    public static Recalibration fit(double[] logOdds, int[] truth, long[] cluster) {
        double a = 0;
        double b = 0;
        for (int step = 0; step < STEPS; step++) {
            double[] s = sums(logOdds, truth, a, b);
            double det = s[2] * s[4] - s[3] * s[3];
            double da = (s[4] * s[0] - s[3] * s[1]) / det;
            double db = (s[2] * s[1] - s[3] * s[0]) / det;
            double leap = Math.max(Math.abs(da), Math.abs(db));
            double size = leap > 2 ? 2 / leap : 1;
            a += size * da;
            b += size * db;
            if (!Double.isFinite(a) || !Double.isFinite(b) || Math.abs(a) > LARGEST || Math.abs(b) > LARGEST) {
                return null;
            }
            if (leap < 1e-10) {
                return withIntervals(logOdds, truth, cluster, a, b);
            }
        }
        return null;
    }

    /** Gradient by slope and intercept, then the information's three entries. */
    private static double[] sums(double[] z, int[] truth, double a, double b) {
        double[] s = new double[5];
        for (int i = 0; i < z.length; i++) {
            if (truth[i] == 0 || truth[i] == 1) {
                double p = 1 / (1 + Math.exp(-(a * z[i] + b)));
                double d = truth[i] - p;
                double w = p * (1 - p);
                s[0] += d * z[i];
                s[1] += d;
                s[2] += w * z[i] * z[i];
                s[3] += w * z[i];
                s[4] += w;
            }
        }
        return s;
    }

    private static Recalibration withIntervals(double[] z, int[] truth, long[] cluster, double a, double b) {
        Map<Long, double[]> byCluster = new HashMap<>();
        for (int i = 0; i < z.length; i++) {
            if (truth[i] == 0 || truth[i] == 1) {
                double d = truth[i] - 1 / (1 + Math.exp(-(a * z[i] + b)));
                double[] score = byCluster.computeIfAbsent(cluster[i], c -> new double[2]);
                score[0] += d * z[i];
                score[1] += d;
            }
        }
        double maa = 0;
        double mab = 0;
        double mbb = 0;
        for (double[] score : byCluster.values()) {
            maa += score[0] * score[0];
            mab += score[0] * score[1];
            mbb += score[1] * score[1];
        }
        double[] s = sums(z, truth, a, b);
        double det = s[2] * s[4] - s[3] * s[3];
        // Rows of the inverse information, [slope, intercept].
        double iaa = s[4] / det;
        double iab = -s[3] / det;
        double ibb = s[2] / det;
        double small = byCluster.size() > 1 ? byCluster.size() / (byCluster.size() - 1.0) : 1;
        double va = small * (iaa * iaa * maa + 2 * iaa * iab * mab + iab * iab * mbb);
        double vb = small * (iab * iab * maa + 2 * iab * ibb * mab + ibb * ibb * mbb);
        return new Recalibration(around(a, va), around(b, vb));
    }

    private static Interval around(double value, double variance) {
        double half = Z * Math.sqrt(Math.max(0, variance));
        return new Interval(value, value - half, value + half);
    }
}
