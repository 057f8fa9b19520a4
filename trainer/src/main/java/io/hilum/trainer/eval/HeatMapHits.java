package io.hilum.trainer.eval;

import io.hilum.trainer.eval.metric.Wilson;
import io.hilum.model.Architecture;
import io.hilum.model.card.HeatMapScore;
import io.hilum.trainer.data.Augmentation;
import io.hilum.trainer.data.BatchLoader;
import io.hilum.trainer.data.FilmCache;
import io.hilum.trainer.data.FilmSelection;
import io.hilum.trainer.net.Network;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Counts how often the maximum of the Grad-CAM map (the centre of its patch) lies inside of the lesion's box, beside
 * how often a point thrown at random onto the film would: the share of the film that the box covers.
 */
final class HeatMapHits {
    private static final int BATCH = 16;

    private HeatMapHits() {}

    /** Predictions of all films, and for each label its hits; null where fewer than {@link LabelEvaluation#MIN_EACH} films have a known lesion. */
    record Measured(Predictions predictions, HeatMapScore[] hits) {}

    /** One pass: films with a known lesion go through the network with maps, the others without. */
    static Measured measure(Network network, FilmCache cache) {
        int labels = network.classes();
        int grid = Architecture.grid(network.size());
        float[][] logits = new float[cache.films()][];
        int[] hits = new int[labels];
        int[] seen = new int[labels];
        double[] area = new double[labels];
        int[] withLesion = films(cache, true);
        for (int from = 0; from < withLesion.length; from += BATCH) {
            int[] batch = Arrays.copyOfRange(withLesion, from, Math.min(withLesion.length, from + BATCH));
            Network.Maps out = network.maps(images(network, cache, batch));
            for (int k = 0; k < batch.length; k++) {
                logits[batch[k]] = Arrays.copyOfRange(out.logits(), k * labels, (k + 1) * labels);
                for (int l = 0; l < labels; l++) {
                    if (known(cache, batch[k], l)) {
                        float[] box = cache.box(batch[k], l);
                        seen[l]++;
                        area[l] += box[2] * box[3];
                        hits[l] += hit(out.maps(), (k * labels + l) * grid * grid, grid, box) ? 1 : 0;
                    }
                }
            }
        }
        int[] others = films(cache, false);
        for (int from = 0; from < others.length; from += BATCH) {
            int[] batch = Arrays.copyOfRange(others, from, Math.min(others.length, from + BATCH));
            float[] out = network.logits(images(network, cache, batch));
            for (int k = 0; k < batch.length; k++) {
                logits[batch[k]] = Arrays.copyOfRange(out, k * labels, (k + 1) * labels);
            }
        }
        HeatMapScore[] scores = new HeatMapScore[labels];
        for (int l = 0; l < labels; l++) {
            if (seen[l] >= LabelEvaluation.MIN_EACH) {
                scores[l] = new HeatMapScore(seen[l], Wilson.of(hits[l], seen[l]), area[l] / seen[l]);
            }
        }
        return new Measured(new Predictions(FilmSelection.all(cache), logits), scores);
    }

    private static int[] films(FilmCache cache, boolean withKnownLesion) {
        int labels = cache.labelNames().size();
        return IntStream.range(0, cache.films())
            .filter(i -> IntStream.range(0, labels).anyMatch(l -> known(cache, i, l)) == withKnownLesion).toArray();
    }

    private static ByteBuffer images(Network network, FilmCache cache, int[] films) {
        var loader = new BatchLoader(cache, network.size(), 1, Augmentation.NONE, 0);
        ByteBuffer images = ByteBuffer.allocateDirect(films.length * network.size() * network.size());
        for (int film : films) {
            images.put(loader.plain(film, film + 1).images());
        }
        return images.flip();
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
