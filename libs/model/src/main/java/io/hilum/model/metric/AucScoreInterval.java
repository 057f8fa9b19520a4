package io.hilum.model.metric;

import io.hilum.model.card.Interval;

/**
 * A 95 % interval for an area under the ROC curve that stays honest at exactly 0 or 1, where every resample gives the
 * same value and the bootstrap would claim to be certain: Newcombe's score-like method 5 (Statistics in Medicine 25,
 * 2006), which inverts Hanley and McNeil's variance.
 */
public final class AucScoreInterval {
    private static final double Z = 1.959963984540054;
    private static final int HALVINGS = 100;

    private AucScoreInterval() {}

    /**
     * @param with number of independent units (patients) with the finding, at least 1
     * @param without likewise without
     */
    public static Interval of(double auc, int with, int without) {
        return new Interval(auc, auc <= 0 ? 0 : end(auc, 0, with, without), auc >= 1 ? 1 : end(auc, 1, with, without));
    }

    /** The value between the estimate and {@code limit} that lies just z of its own standard errors away. */
    private static double end(double auc, double limit, int with, int without) {
        double near = auc;
        double far = limit;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (near + far) / 2;
            if (Math.abs(middle - auc) < Z * error(middle, with, without)) {
                near = middle;
            } else {
                far = middle;
            }
        }
        return (near + far) / 2;
    }

    private static double error(double auc, int m, int n) {
        double typical = (m + n) / 2.0 - 1;
        double spread = 1 + typical * (1 - auc) / (2 - auc) + typical * auc / (1 + auc);
        return Math.sqrt(auc * (1 - auc) * spread / ((double) m * n));
    }
}
