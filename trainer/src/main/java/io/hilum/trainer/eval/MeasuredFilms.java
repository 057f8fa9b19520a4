package io.hilum.trainer.eval;

import io.hilum.trainer.data.FilmCache;
import io.hilum.trainer.data.FilmInfo;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The films of one data set with what the model said about them: everything that an evaluation needs, without pixels and
 * without the network. Read-only; nobody changes the arrays; any thread.
 *
 * @param name of the data set
 * @param logits [N][L]
 * @param truth [N][L]: 0, 1 or {@link FilmCache#UNKNOWN}
 * @param cluster [N]: the patient or group
 * @param info [N]
 * @param digest [N][32]: SHA-256 of the input's pixels
 * @param hits where the heat maps pointed
 */
record MeasuredFilms(String name, String description, List<String> labels, float[][] logits, int[][] truth, long[] cluster, FilmInfo[] info,
        byte[][] digest, MapHits hits) {

    /** Youngest patient that the service scores, in years. */
    static final int ADULT = 18;

    /**
     * Whether the maximum of a film's heat map lay in the lesion.
     *
     * @param hit [N][L]: 1, 0, or {@link FilmCache#UNKNOWN} where no lesion's place is known
     * @param area [N][L]: the lesion's share of the film
     */
    record MapHits(byte[][] hit, float[][] area) {}

    MeasuredFilms {
        labels = List.copyOf(labels);
        int n = logits.length;
        if (truth.length != n || cluster.length != n || info.length != n || digest.length != n || hits.hit().length != n) {
            throw new IllegalArgumentException("%s: %d films have scores, %d labels, %d clusters, %d particulars, %d digests, %d heat maps."
                .formatted(name, n, truth.length, cluster.length, info.length, digest.length, hits.hit().length));
        }
        for (int i = 0; i < n; i++) {
            for (float logit : logits[i]) {
                if (!Float.isFinite(logit)) {
                    throw new IllegalArgumentException("The model gave %s for film %d of %s: it cannot be evaluated.".formatted(logit, i + 1, name));
                }
            }
        }
    }

    int films() {
        return logits.length;
    }

    /** The truth of one label over all films. */
    int[] truth(int label) {
        return IntStream.range(0, films()).map(i -> truth[i][label]).toArray();
    }

    /** The one label that each film has; -1 where it is not exactly one or where any is unknown. */
    int[] classes() {
        return IntStream.range(0, films()).map(i -> {
            int[] has = IntStream.range(0, labels.size()).filter(l -> truth[i][l] == 1).toArray();
            boolean unknown = Arrays.stream(truth[i]).anyMatch(t -> t != 0 && t != 1);
            return has.length == 1 && !unknown ? has[0] : -1;
        }).toArray();
    }

    /** The films that pass, in order. */
    MeasuredFilms where(IntPredicate film) {
        int[] kept = IntStream.range(0, films()).filter(film).toArray();
        return new MeasuredFilms(name, description, labels, pick(kept, logits), pick(kept, truth),
            Arrays.stream(kept).mapToLong(i -> cluster[i]).toArray(), pick(kept, info), pick(kept, digest),
            new MapHits(pick(kept, hits.hit()), pick(kept, hits.area())));
    }

    /** The films of patients who are not known to be children. */
    MeasuredFilms adults() {
        return where(i -> info[i].age() < 0 || info[i].age() >= ADULT);
    }

    private static <T> T[] pick(int[] kept, T[] all) {
        T[] out = Arrays.copyOf(all, kept.length);
        for (int k = 0; k < kept.length; k++) {
            out[k] = all[kept[k]];
        }
        return out;
    }
}
