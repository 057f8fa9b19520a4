package io.hilum.trainer.train;

import io.hilum.trainer.data.FilmCache;
import io.hilum.trainer.data.FilmSelection;
import java.util.SplittableRandom;

/**
 * Softens labels that a policy made of "uncertain": one value for each label, from 0.7..0.8 where the policy says 1 and from
 * 0.2..0.3 where it says 0, drawn once from the seed (reference section 4, CheXpert Ti). Labels that a reader was sure of
 * stay. Read-only; any thread.
 */
final class Smoothing {
    private final FilmSelection films;
    private final float[] high;
    private final float[] low;

    Smoothing(FilmSelection films, long seed) {
        this.films = films;
        int labels = films.cache().labelNames().size();
        this.high = new float[labels];
        this.low = new float[labels];
        var random = new SplittableRandom(seed ^ 0x5e0074);
        for (int l = 0; l < labels; l++) {
            high[l] = (float) random.nextDouble(0.7, 0.8);
            low[l] = (float) random.nextDouble(0.2, 0.3);
        }
    }

    /** Whether any label of these films came from "uncertain". */
    boolean changesSomething() {
        FilmCache cache = films.cache();
        for (int i = 0; i < films.films(); i++) {
            for (int l = 0; l < high.length; l++) {
                if (cache.uncertain(films.film(i), l)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** @param targets [B * L] of the films at {@code positions[from] ...}, changed in place */
    void apply(float[] targets, int[] positions, int from) {
        for (int b = 0; b < targets.length / high.length; b++) {
            for (int l = 0; l < high.length; l++) {
                int at = b * high.length + l;
                if (targets[at] >= 0 && films.cache().uncertain(films.film(positions[from + b]), l)) {
                    targets[at] = targets[at] == 1 ? high[l] : low[l];
                }
            }
        }
    }
}
