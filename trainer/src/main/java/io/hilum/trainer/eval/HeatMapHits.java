package io.hilum.trainer.eval;

import io.hilum.model.card.HeatMapScore;
import io.hilum.trainer.data.Augmentation;
import io.hilum.trainer.data.BatchLoader;
import io.hilum.trainer.data.FilmCache;
import io.hilum.trainer.net.Network;
import java.nio.ByteBuffer;
import java.util.stream.IntStream;

/**
 * Counts how often the maximum of the Grad-CAM map (the centre of its patch) lies inside of the lesion's box, beside
 * how often a point thrown at random onto the film would: the share of the film that the box covers.
 */
final class HeatMapHits {
    private static final int BATCH = 16;

    private HeatMapHits() {}

    /** @return one a label; null where fewer than {@link LabelEvaluation#MIN_EACH} films have a known lesion */
    static HeatMapScore[] count(Network network, FilmCache cache) {
        int labels = network.classes();
        int[] films = IntStream.range(0, cache.films())
            .filter(i -> IntStream.range(0, labels).anyMatch(l -> known(cache, i, l))).toArray();
        var loader = new BatchLoader(cache, network.size(), BATCH, Augmentation.NONE, 0);
        int grid = network.size() / io.hilum.model.Architecture.PATCH;
        int[] hits = new int[labels];
        int[] seen = new int[labels];
        double[] area = new double[labels];
        for (int from = 0; from < films.length; from += BATCH) {
            int n = Math.min(BATCH, films.length - from);
            ByteBuffer images = ByteBuffer.allocateDirect(n * network.size() * network.size());
            for (int k = 0; k < n; k++) {
                images.put(loader.plain(films[from + k], films[from + k] + 1).images());
            }
            float[] maps = network.maps(images.flip()).maps();
            for (int k = 0; k < n; k++) {
                for (int l = 0; l < labels; l++) {
                    if (known(cache, films[from + k], l)) {
                        float[] box = cache.box(films[from + k], l);
                        seen[l]++;
                        area[l] += box[2] * box[3];
                        hits[l] += hit(maps, (k * labels + l) * grid * grid, grid, box) ? 1 : 0;
                    }
                }
            }
        }
        HeatMapScore[] out = new HeatMapScore[labels];
        for (int l = 0; l < labels; l++) {
            if (seen[l] >= LabelEvaluation.MIN_EACH) {
                out[l] = new HeatMapScore(seen[l], Wilson.of(hits[l], seen[l]), area[l] / seen[l]);
            }
        }
        return out;
    }

    private static boolean known(FilmCache cache, int film, int label) {
        return cache.label(film, label) == 1 && cache.box(film, label) != null;
    }

    /** A map without a positive value shows nothing, so it hits nothing. */
    static boolean hit(float[] maps, int at, int grid, float[] box) {
        int best = 0;
        for (int i = 1; i < grid * grid; i++) {
            best = maps[at + i] > maps[at + best] ? i : best;
        }
        double x = (best % grid + 0.5) / grid;
        double y = (best / grid + 0.5) / grid;
        return maps[at + best] > 0 && x >= box[0] && x < box[0] + box[2] && y >= box[1] && y < box[1] + box[3];
    }
}
