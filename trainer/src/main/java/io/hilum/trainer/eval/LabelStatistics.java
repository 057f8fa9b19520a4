package io.hilum.trainer.eval;

import io.hilum.model.metric.RankedScores;
import java.util.List;

/**
 * All figures of one label, each film counted as often as a resample says, in one pass over the sorted films (and one for
 * each attribute). A thousand resamples of 26,000 films and 14 labels pass 364 million films each time; here is where that
 * happens, so this class is plain loops over arrays.
 *
 * <p>Threads: read-only, may be shared.
 */
final class LabelStatistics {
    static final int AUC = 0;
    static final int AVERAGE_PRECISION = 1;
    static final int BRIER_BEFORE = 2;
    static final int BRIER_AFTER = 3;
    static final int SENSITIVITY = 4;
    static final int SPECIFICITY = 5;
    static final int PPV = 6;
    static final int NPV = 7;
    private static final int CURVE = 8;
    /** Points of the ROC curve at evenly spaced 1 - specificity, 0 and 1 included. */
    static final int CURVE_POINTS = 51;
    private static final int GROUPS = CURVE + CURVE_POINTS;
    private static final int PER_GROUP = 3;

    private final RankedScores scores;
    private final int[] film;
    private final boolean[] truth;
    /** Where a run of equal scores ends (exclusive), for the place where it starts. */
    private final int[] tieEnd;
    private final double[] errorBefore;
    private final double[] errorAfter;
    private final int cut;
    private final int[][] group;
    private final int[] groupStart;
    private final int size;

    /**
     * @param scores by calibrated probability
     * @param before uncalibrated probability of each film of the data set
     * @param threshold NaN for none
     */
    LabelStatistics(RankedScores scores, double[] before, double threshold, List<Attribute> attributes) {
        int n = scores.films();
        this.scores = scores;
        this.film = new int[n];
        this.truth = new boolean[n];
        this.tieEnd = new int[n];
        this.errorBefore = new double[n];
        this.errorAfter = new double[n];
        this.cut = Double.isNaN(threshold) ? -1 : scores.reaching(threshold);
        this.group = new int[attributes.size()][n];
        for (int k = n - 1; k >= 0; k--) {
            film[k] = scores.film(k);
            truth[k] = scores.truth(k);
            tieEnd[k] = k + 1 < n && scores.value(k + 1) == scores.value(k) ? tieEnd[k + 1] : k + 1;
            double is = truth[k] ? 1 : 0;
            errorBefore[k] = (before[film[k]] - is) * (before[film[k]] - is);
            errorAfter[k] = (scores.value(k) - is) * (scores.value(k) - is);
            for (int a = 0; a < group.length; a++) {
                group[a][k] = attributes.get(a).of()[film[k]];
            }
        }
        this.groupStart = new int[attributes.size() + 1];
        groupStart[0] = GROUPS;
        for (int a = 0; a < attributes.size(); a++) {
            groupStart[a + 1] = groupStart[a] + PER_GROUP * attributes.get(a).groups().size();
        }
        this.size = groupStart[attributes.size()];
    }

    /** Figures in all. */
    int size() {
        return size;
    }

    RankedScores scores() {
        return scores;
    }

    /** Place of the sensitivity at 1 - specificity = {@code point} / (CURVE_POINTS - 1). */
    static int curve(int point) {
        return CURVE + point;
    }

    /** Place of a group's AUC; its sensitivity and specificity follow. */
    int group(int attribute, int group) {
        return groupStart[attribute] + PER_GROUP * group;
    }

    /** @param weight of each film of the data set; null: each once. NaN for what does not exist */
    void fill(int[] weight, double[] out, int at) {
        int n = film.length;
        double allPositive = 0;
        double allNegative = 0;
        double before = 0;
        double after = 0;
        for (int k = 0; k < n; k++) {
            int w = weight == null ? 1 : weight[film[k]];
            if (truth[k]) {
                allPositive += w;
            } else {
                allNegative += w;
            }
            before += w * errorBefore[k];
            after += w * errorAfter[k];
        }
        out[at + BRIER_BEFORE] = before / (allPositive + allNegative);
        out[at + BRIER_AFTER] = after / (allPositive + allNegative);
        double positive = 0;
        double negative = 0;
        double pairs = 0;
        double precision = 0;
        double tp = Double.NaN;
        double fp = Double.NaN;
        int point = 0;
        for (int k = 0; k < n;) {
            if (k == cut) {
                tp = positive;
                fp = negative;
            }
            double tiedPositive = 0;
            double tiedNegative = 0;
            for (int end = tieEnd[k]; k < end; k++) {
                int w = weight == null ? 1 : weight[film[k]];
                if (truth[k]) {
                    tiedPositive += w;
                } else {
                    tiedNegative += w;
                }
            }
            for (; point < CURVE_POINTS && point * allNegative < (negative + tiedNegative) * (CURVE_POINTS - 1); point++) {
                double into = (point * allNegative / (CURVE_POINTS - 1) - negative) / tiedNegative;
                out[at + CURVE + point] = (positive + into * tiedPositive) / allPositive;
            }
            pairs += tiedNegative * (positive + tiedPositive / 2);
            positive += tiedPositive;
            negative += tiedNegative;
            precision += tiedPositive == 0 ? 0 : tiedPositive * positive / (positive + negative);
        }
        if (cut == n) {
            tp = positive;
            fp = negative;
        }
        for (; point < CURVE_POINTS; point++) {
            out[at + CURVE + point] = 1;
        }
        out[at + AUC] = pairs / (allPositive * allNegative);
        out[at + AVERAGE_PRECISION] = precision / allPositive;
        out[at + SENSITIVITY] = tp / allPositive;
        out[at + SPECIFICITY] = 1 - fp / allNegative;
        out[at + PPV] = tp / (tp + fp);
        out[at + NPV] = (allNegative - fp) / (allNegative - fp + allPositive - tp);
        for (int a = 0; a < group.length; a++) {
            groups(weight, group[a], out, at + groupStart[a], (groupStart[a + 1] - groupStart[a]) / PER_GROUP);
        }
    }

    private void groups(int[] weight, int[] of, double[] out, int at, int groups) {
        double[] positive = new double[groups];
        double[] negative = new double[groups];
        double[] pairs = new double[groups];
        double[] tp = new double[groups];
        double[] fp = new double[groups];
        double[] tiedPositive = new double[groups];
        double[] tiedNegative = new double[groups];
        for (int k = 0; k < film.length;) {
            int start = k;
            for (int end = tieEnd[k]; k < end; k++) {
                (truth[k] ? tiedPositive : tiedNegative)[of[k]] += weight == null ? 1 : weight[film[k]];
            }
            for (int i = start; i < k; i++) {
                int g = of[i];
                pairs[g] += tiedNegative[g] * (positive[g] + tiedPositive[g] / 2);
                positive[g] += tiedPositive[g];
                negative[g] += tiedNegative[g];
                // Another film of the tie finds nothing left to do.
                tiedPositive[g] = 0;
                tiedNegative[g] = 0;
            }
            if (k == cut) {
                System.arraycopy(positive, 0, tp, 0, groups);
                System.arraycopy(negative, 0, fp, 0, groups);
            }
        }
        for (int g = 0; g < groups; g++) {
            out[at + PER_GROUP * g] = pairs[g] / (positive[g] * negative[g]);
            out[at + PER_GROUP * g + 1] = cut < 0 ? Double.NaN : tp[g] / positive[g];
            out[at + PER_GROUP * g + 2] = cut < 0 ? Double.NaN : 1 - fp[g] / negative[g];
        }
    }
}
