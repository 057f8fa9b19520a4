package io.hilum.trainer.eval;

import io.hilum.model.metric.Auc;
import io.hilum.trainer.data.Batch;
import io.hilum.trainer.data.BatchLoader;
import io.hilum.trainer.data.FilmCache;
import io.hilum.trainer.data.FilmSelection;
import io.hilum.trainer.data.Augmentation;
import io.hilum.trainer.net.Network;

/**
 * What a network says about films.
 *
 * @param films N of them
 * @param logits [N][L]
 */
public record Predictions(FilmSelection films, float[][] logits) {
    private static final int BATCH = 32;

    /** About every film of a cache. */
    public static Predictions of(Network network, FilmCache cache) {
        return of(network, FilmSelection.all(cache));
    }

    public static Predictions of(Network network, FilmSelection films) {
        var loader = new BatchLoader(films, network.size(), BATCH, Augmentation.NONE, 0, false);
        int labels = network.classes();
        float[][] logits = new float[films.films()][];
        for (int from = 0; from < films.films(); from += BATCH) {
            int to = Math.min(films.films(), from + BATCH);
            Batch batch = loader.plain(from, to);
            float[] out = network.logits(batch.images());
            loader.giveBack(batch);
            for (int i = from; i < to; i++) {
                logits[i] = java.util.Arrays.copyOfRange(out, (i - from) * labels, (i - from + 1) * labels);
            }
        }
        return new Predictions(films, logits);
    }

    /** The cache, where the films are all of it in its order. */
    public FilmCache cache() {
        return films.cache();
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
            out[i] = films.label(i, label);
        }
        return out;
    }

    /** The area under the ROC curve of each label. */
    public double[] aucs() {
        double[] out = new double[films.cache().labelNames().size()];
        for (int l = 0; l < out.length; l++) {
            out[l] = Auc.of(scores(l), truth(l));
        }
        return out;
    }
}
