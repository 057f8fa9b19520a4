package io.hilum.trainer.train;

import io.hilum.trainer.data.FilmCache;
import io.hilum.trainer.eval.Predictions;
import io.hilum.model.metric.Auc;
import io.hilum.trainer.net.Loss;
import java.util.List;
import java.util.Locale;

/**
 * How weights do on the validation films, and so which epoch is kept. Nothing else may choose it.
 *
 * @param labels their names
 * @param aucs of each label, by its logit; NaN where one kind is missing
 * @param evaluable labels with at least {@link #MIN_EACH} films with and without the finding
 * @param loss mean over what is known
 * @param accuracy share of films whose class has the highest logit; NaN for {@link Loss#BCE}
 */
record Validation(List<String> labels, double[] aucs, boolean[] evaluable, double loss, double accuracy) {
    /** A label with fewer films of either kind says nothing, and is left out of the mean. */
    static final int MIN_EACH = 20;

    static Validation of(Predictions predictions, Loss loss) {
        List<String> labels = predictions.films().cache().labelNames();
        double[] aucs = new double[labels.size()];
        boolean[] evaluable = new boolean[labels.size()];
        for (int l = 0; l < aucs.length; l++) {
            int[] truth = predictions.truth(l);
            int positives = 0;
            int negatives = 0;
            for (int t : truth) {
                positives += t == 1 ? 1 : 0;
                negatives += t == 0 ? 1 : 0;
            }
            aucs[l] = Auc.of(predictions.scores(l), truth);
            evaluable[l] = positives >= MIN_EACH && negatives >= MIN_EACH;
        }
        return loss == Loss.BCE ? new Validation(labels, aucs, evaluable, binary(predictions), Double.NaN)
            : oneOfSeveral(predictions, labels, aucs, evaluable);
    }

    private static double binary(Predictions predictions) {
        double sum = 0;
        long known = 0;
        for (int i = 0; i < predictions.logits().length; i++) {
            for (int l = 0; l < predictions.logits()[i].length; l++) {
                int truth = predictions.films().label(i, l);
                if (truth != FilmCache.UNKNOWN) {
                    double z = predictions.logits()[i][l];
                    sum += Math.max(z, 0) - z * truth + Math.log1p(Math.exp(-Math.abs(z)));
                    known++;
                }
            }
        }
        return sum / known;
    }

    private static Validation oneOfSeveral(Predictions predictions, List<String> labels, double[] aucs, boolean[] evaluable) {
        double sum = 0;
        long right = 0;
        long known = 0;
        for (int i = 0; i < predictions.logits().length; i++) {
            float[] logits = predictions.logits()[i];
            int truth = -1;
            int best = 0;
            boolean unknown = false;
            double top = Double.NEGATIVE_INFINITY;
            for (int l = 0; l < logits.length; l++) {
                int label = predictions.films().label(i, l);
                unknown |= label == FilmCache.UNKNOWN;
                truth = label == 1 ? l : truth;
                if (logits[l] > top) {
                    top = logits[l];
                    best = l;
                }
            }
            if (unknown || truth < 0) {
                continue;
            }
            double all = 0;
            for (float z : logits) {
                all += Math.exp(z - top);
            }
            sum += top + Math.log(all) - logits[truth];
            right += best == truth ? 1 : 0;
            known++;
        }
        return new Validation(labels, aucs, evaluable, sum / known, (double) right / known);
    }

    /** The mean AUC of the evaluable labels; NaN when there is none. */
    double meanAuc() {
        double sum = 0;
        int count = 0;
        for (int l = 0; l < aucs.length; l++) {
            if (evaluable[l]) {
                sum += aucs[l];
                count++;
            }
        }
        return count == 0 ? Double.NaN : sum / count;
    }

    /** What the best epoch has most of: the mean AUC, or, when no label is evaluable, minus the loss. */
    double score() {
        double mean = meanAuc();
        return Double.isNaN(mean) ? -loss : mean;
    }

    /** {@code validation AUC 0.8123  loss 0.41  Left 0.812 ...}; a label that is not evaluable stands in brackets. */
    @Override
    public String toString() {
        var line = new StringBuilder(Double.isNaN(meanAuc())
            ? "no label has %d validation films of each kind, so the loss decides;".formatted(MIN_EACH)
            : String.format(Locale.ROOT, "validation AUC %.4f ", meanAuc()));
        line.append(String.format(Locale.ROOT, " loss %.4f ", loss));
        if (!Double.isNaN(accuracy)) {
            line.append(String.format(Locale.ROOT, " accuracy %.4f ", accuracy));
        }
        for (int l = 0; l < aucs.length; l++) {
            line.append(String.format(Locale.ROOT, evaluable[l] ? " %s %.3f" : " (%s %.3f)", labels.get(l), aucs[l]));
        }
        return line.toString();
    }
}
