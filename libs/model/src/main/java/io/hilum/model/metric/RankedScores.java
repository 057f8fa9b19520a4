package io.hilum.model.metric;

import java.util.stream.IntStream;

/**
 * One label's scores, sorted once, so that each of a thousand resamples costs a single pass. A resample is a weight a
 * film of the <em>whole</em> data set (null: each film once), so that all labels can share one draw.
 *
 * <p>Threads: read-only, may be shared.
 */
public final class RankedScores {
    private final int[] film;
    private final double[] value;
    private final boolean[] truth;
    private final int positives;

    private RankedScores(int[] film, double[] value, boolean[] truth) {
        this.film = film;
        this.value = value;
        this.truth = truth;
        int n = 0;
        for (boolean t : truth) {
            n += t ? 1 : 0;
        }
        this.positives = n;
    }

    /**
     * @param scores one a film of the data set
     * @param labels 0 or 1; a film with any other value is outside of everything measured
     */
    public static RankedScores of(double[] scores, int[] labels) {
        int[] known = IntStream.range(0, labels.length).filter(i -> labels[i] == 0 || labels[i] == 1).toArray();
        double[] of = IntStream.of(known).mapToDouble(i -> scores[i]).toArray();
        for (int k = 0; k < of.length; k++) {
            if (Double.isNaN(of[k])) {
                throw new IllegalArgumentException("Film " + known[k] + " has no score (NaN); nothing can be measured with it.");
            }
        }
        int[] rising = Auc.order(of);
        int n = known.length;
        int[] film = new int[n];
        double[] value = new double[n];
        boolean[] truth = new boolean[n];
        for (int k = 0; k < n; k++) {
            film[k] = known[rising[n - 1 - k]];
            value[k] = scores[film[k]];
            truth[k] = labels[film[k]] == 1;
        }
        return new RankedScores(film, value, truth);
    }

    /** Films whose truth is known. */
    public int films() {
        return film.length;
    }

    public int positives() {
        return positives;
    }

    public int negatives() {
        return film.length - positives;
    }

    /** The k-th best film's index in the data set. */
    public int film(int k) {
        return film[k];
    }

    /** The k-th best score. */
    public double value(int k) {
        return value[k];
    }

    /** Whether the k-th best film has the finding. */
    public boolean truth(int k) {
        return truth[k];
    }

    /** How many films reach a threshold (score &gt;= threshold). */
    public int reaching(double threshold) {
        int low = 0;
        int high = value.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (value[middle] >= threshold) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The decision "flag the best {@code reaching} films" against the truth. */
    public Counts counts(int reaching, int[] weight) {
        double[] cell = new double[4];
        for (int k = 0; k < film.length; k++) {
            cell[(k < reaching ? 0 : 2) + (truth[k] ? 0 : 1)] += weight == null ? 1 : weight[film[k]];
        }
        return new Counts(cell[0], cell[1], cell[2], cell[3]);
    }

    /** Area under the ROC curve, ties half; NaN when a kind is missing. */
    public double auc(int[] weight) {
        double pairs = 0;
        double positive = 0;
        double negative = 0;
        for (int k = 0; k < film.length;) {
            double tiedPositive = 0;
            double tiedNegative = 0;
            double score = value[k];
            for (; k < film.length && value[k] == score; k++) {
                int w = weight == null ? 1 : weight[film[k]];
                if (truth[k]) {
                    tiedPositive += w;
                } else {
                    tiedNegative += w;
                }
            }
            pairs += tiedNegative * (positive + tiedPositive / 2);
            positive += tiedPositive;
            negative += tiedNegative;
        }
        return positive == 0 || negative == 0 ? Double.NaN : pairs / (positive * negative);
    }

    /**
     * Average precision: the precision at each threshold, weighted by the sensitivity gained there; no interpolation.
     * A score that knows nothing gets the share of positives.
     */
    public double averagePrecision(int[] weight) {
        double sum = 0;
        double positive = 0;
        double flagged = 0;
        for (int k = 0; k < film.length;) {
            double gained = 0;
            double score = value[k];
            for (; k < film.length && value[k] == score; k++) {
                int w = weight == null ? 1 : weight[film[k]];
                gained += truth[k] ? w : 0;
                flagged += w;
            }
            positive += gained;
            sum += flagged == 0 ? 0 : gained * positive / flagged;
        }
        return positive == 0 ? Double.NaN : sum / positive;
    }

    /** Mean squared error, when the scores are probabilities. */
    public double brier(int[] weight) {
        double sum = 0;
        double n = 0;
        for (int k = 0; k < film.length; k++) {
            int w = weight == null ? 1 : weight[film[k]];
            double d = value[k] - (truth[k] ? 1 : 0);
            sum += w * d * d;
            n += w;
        }
        return sum / n;
    }
}
