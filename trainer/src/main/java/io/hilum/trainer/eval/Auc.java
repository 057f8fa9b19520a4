package io.hilum.trainer.eval;

import java.util.Arrays;

/** Area under the ROC curve: the chance that a film with the finding scores above one without, ties half. */
public final class Auc {
    private Auc() {}

    /**
     * @param scores one a film
     * @param labels 0 or 1; any other value leaves the film out
     * @return NaN when one of the two kinds is missing
     */
    public static double of(double[] scores, int[] labels) {
        int[] order = order(scores);
        double rankSum = 0;
        long positives = 0;
        long negatives = 0;
        int i = 0;
        while (i < order.length) {
            int tiesPositive = 0;
            int tiesNegative = 0;
            double score = scores[order[i]];
            for (; i < order.length && scores[order[i]] == score; i++) {
                tiesPositive += labels[order[i]] == 1 ? 1 : 0;
                tiesNegative += labels[order[i]] == 0 ? 1 : 0;
            }
            rankSum += tiesPositive * (negatives + tiesNegative / 2.0);
            positives += tiesPositive;
            negatives += tiesNegative;
        }
        return positives == 0 || negatives == 0 ? Double.NaN : rankSum / ((double) positives * negatives);
    }

    /** Indices by rising score. */
    static int[] order(double[] scores) {
        return java.util.stream.IntStream.range(0, scores.length).boxed()
            .sorted((a, b) -> Double.compare(scores[a], scores[b])).mapToInt(Integer::intValue).toArray();
    }

    /** The mean of what is not NaN; NaN when nothing is. */
    public static double mean(double[] aucs) {
        return Arrays.stream(aucs).filter(a -> !Double.isNaN(a)).average().orElse(Double.NaN);
    }
}
