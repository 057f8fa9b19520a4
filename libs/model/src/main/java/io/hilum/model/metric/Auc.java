package io.hilum.model.metric;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Area under the ROC curve: the chance that a film with the finding scores above one without, ties half. */
public final class Auc {
    private Auc() {}

    /**
     * @param scores one a film
     * @param labels 0 or 1; any other value leaves the film out
     * @return NaN when one of the two kinds is missing
     */
    public static double of(double[] scores, int[] labels) {
        return RankedScores.of(scores, labels).auc(null);
    }

    /** Film indices by rising score; films of equal score in their own order. */
    public static int[] order(double[] scores) {
        return IntStream.range(0, scores.length).boxed()
            .sorted((a, b) -> Double.compare(scores[a], scores[b])).mapToInt(Integer::intValue).toArray();
    }

    /** The mean of what is not NaN; NaN when nothing is. */
    public static double mean(double[] aucs) {
        return Arrays.stream(aucs).filter(a -> !Double.isNaN(a)).average().orElse(Double.NaN);
    }
}
