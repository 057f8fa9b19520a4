package io.hilum.trainer.eval;

import io.hilum.trainer.data.BatchLoader;
import io.hilum.trainer.data.FilmCache;
import io.hilum.trainer.data.Augmentation;
import io.hilum.trainer.net.Network;

/**
 * What a network says about every film of a cache.
 *
 * @param logits [N][L]
 */
public record Predictions(FilmCache cache, float[][] logits) {
    private static final int BATCH = 32;

    public static Predictions of(Network network, FilmCache cache) {
        var loader = new BatchLoader(cache, network.size(), BATCH, Augmentation.NONE, 0);
        int labels = network.classes();
        float[][] logits = new float[cache.films()][];
        for (int from = 0; from < cache.films(); from += BATCH) {
            int to = Math.min(cache.films(), from + BATCH);
            float[] out = network.logits(loader.plain(from, to).images());
            for (int i = from; i < to; i++) {
                logits[i] = java.util.Arrays.copyOfRange(out, (i - from) * labels, (i - from + 1) * labels);
            }
        }
        return new Predictions(cache, logits);
    }

    /** The scores of one label over all films. */
    public double[] scores(int label) {
        double[] out = new double[logits.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = logits[i][label];
        }
        return out;
    }

    /** The truth of one label: 0, 1 or {@link FilmCache#UNKNOWN}. */
    public int[] truth(int label) {
        int[] out = new int[logits.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = cache.label(i, label);
        }
        return out;
    }

    /** The area under the ROC curve of each label. */
    public double[] aucs() {
        double[] out = new double[cache.labelNames().size()];
        for (int l = 0; l < out.length; l++) {
            out[l] = Auc.of(scores(l), truth(l));
        }
        return out;
    }
}
