package io.hilum.trainer.eval;

import io.hilum.trainer.eval.metric.Auc;
import io.hilum.model.card.Calibration;

/**
 * One label over the films of a data set where its truth is known.
 *
 * @param probability calibrated
 * @param truth whether the film has the finding
 * @param cluster the patient
 * @param order film indices by rising probability
 */
record Scores(double[] probability, boolean[] truth, long[] cluster, int[] order) {
    static Scores of(Predictions predictions, int label, Calibration calibration) {
        int[] truth = predictions.truth(label);
        int[] known = java.util.stream.IntStream.range(0, truth.length).filter(i -> truth[i] == 0 || truth[i] == 1).toArray();
        double[] probability = new double[known.length];
        boolean[] has = new boolean[known.length];
        long[] cluster = new long[known.length];
        for (int k = 0; k < known.length; k++) {
            probability[k] = calibration.probability(predictions.logits()[known[k]][label]);
            has[k] = truth[known[k]] == 1;
            cluster[k] = predictions.films().cluster(known[k]);
        }
        return new Scores(probability, has, cluster, Auc.order(probability));
    }

    int films() {
        return truth.length;
    }

    int positives() {
        int n = 0;
        for (boolean t : truth) {
            n += t ? 1 : 0;
        }
        return n;
    }

    int negatives() {
        return films() - positives();
    }

    /** Area under the ROC curve, each film counted {@code weight} times. */
    double auc(int[] weight) {
        double pairs = 0;
        double positive = 0;
        double negative = 0;
        for (int i = 0; i < order.length;) {
            double tiedPositive = 0;
            double tiedNegative = 0;
            double value = probability[order[i]];
            for (; i < order.length && probability[order[i]] == value; i++) {
                int film = order[i];
                if (truth[film]) {
                    tiedPositive += weight[film];
                } else {
                    tiedNegative += weight[film];
                }
            }
            pairs += tiedPositive * (negative + tiedNegative / 2);
            positive += tiedPositive;
            negative += tiedNegative;
        }
        return positive == 0 || negative == 0 ? Double.NaN : pairs / (positive * negative);
    }

    /** Mean squared error of the probability. */
    double brier(int[] weight) {
        double sum = 0;
        double n = 0;
        for (int i = 0; i < films(); i++) {
            double d = probability[i] - (truth[i] ? 1 : 0);
            sum += weight[i] * d * d;
            n += weight[i];
        }
        return sum / n;
    }

    /** Share of the films with (or without) the finding whose probability reaches the threshold. */
    double reached(double threshold, boolean withFinding, int[] weight) {
        double hits = 0;
        double n = 0;
        for (int i = 0; i < films(); i++) {
            if (truth[i] == withFinding) {
                n += weight[i];
                hits += probability[i] >= threshold ? weight[i] : 0;
            }
        }
        return n == 0 ? Double.NaN : hits / n;
    }
}
