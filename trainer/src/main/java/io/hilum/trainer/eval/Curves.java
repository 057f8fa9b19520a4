package io.hilum.trainer.eval;

import io.hilum.model.metric.RankedScores;
import io.hilum.trainer.eval.report.LabelReport;
import java.util.ArrayList;
import java.util.List;

/** Curves and histograms of one label for the page: thinned, so that a report of 26,000 films stays readable by a browser. */
final class Curves {
    private static final double STEP = 1 / 250.0;
    private static final int BINS = 24;
    private static final double TAIL = 0.001;
    private static final double LEAST = 1e-6;

    private Curves() {}

    /** [1 - specificity, sensitivity, threshold] from (0, 0) to (1, 1); tied films go together. */
    static List<double[]> roc(RankedScores scores) {
        return vertices(scores, true);
    }

    /** [sensitivity, precision] by falling threshold. */
    static List<double[]> precisionRecall(RankedScores scores) {
        return vertices(scores, false);
    }

    private static List<double[]> vertices(RankedScores scores, boolean roc) {
        List<double[]> out = new ArrayList<>();
        if (roc) {
            out.add(new double[] {0, 0, 1});
        }
        int n = scores.films();
        double tp = 0;
        double fp = 0;
        for (int k = 0; k < n; k++) {
            tp += scores.truth(k) ? 1 : 0;
            fp += scores.truth(k) ? 0 : 1;
            if (k + 1 < n && scores.value(k + 1) == scores.value(k)) {
                continue;
            }
            double[] at = roc ? new double[] {fp / scores.negatives(), tp / scores.positives(), scores.value(k)}
                : new double[] {tp / scores.positives(), tp / (tp + fp)};
            double[] last = out.isEmpty() ? null : out.get(out.size() - 1);
            if (last == null || k + 1 == n || Math.abs(at[0] - last[0]) >= STEP || Math.abs(at[1] - last[1]) >= STEP) {
                out.add(at);
            }
        }
        return out;
    }

    /** Bins equally wide in log-odds between the 0.1 and 99.9 % quantile; what lies beyond is in the outer bins. */
    static LabelReport.Histogram histogram(RankedScores scores) {
        int n = scores.films();
        double low = logit(scores.value(Math.min(n - 1, (int) Math.ceil((1 - TAIL) * (n - 1)))));
        double high = logit(scores.value((int) (TAIL * (n - 1))));
        if (high - low < LEAST) {
            low -= 0.5;
            high += 0.5;
        }
        double[] edges = new double[BINS + 1];
        for (int b = 0; b <= BINS; b++) {
            edges[b] = 1 / (1 + Math.exp(-(low + (high - low) * b / BINS)));
        }
        int[] with = new int[BINS];
        int[] without = new int[BINS];
        for (int k = 0; k < n; k++) {
            int bin = (int) Math.max(0, Math.min(BINS - 1, Math.floor((logit(scores.value(k)) - low) / (high - low) * BINS)));
            (scores.truth(k) ? with : without)[bin]++;
        }
        return new LabelReport.Histogram(edges, with, without);
    }

    /** Log-odds of a probability, kept finite. */
    static double logit(double p) {
        double inside = Math.max(1e-12, Math.min(1 - 1e-12, p));
        return Math.log(inside / (1 - inside));
    }
}
