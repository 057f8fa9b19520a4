package io.hilum.trainer.eval;

import io.hilum.model.card.HeatMapScore;
import io.hilum.model.metric.Wilson;

/**
 * Counts how often the maximum of the Grad-CAM map (the centre of its patch) lies inside of the lesion's box, beside
 * how often a point thrown at random onto the film would: the share of the film that the box covers.
 */
final class HeatMapHits {
    private HeatMapHits() {}

    /** @return null with fewer than {@link Choice#MIN_EACH} films whose lesion's place is known */
    static HeatMapScore of(MeasuredFilms films, int label) {
        int seen = 0;
        int hits = 0;
        double area = 0;
        for (int i = 0; i < films.films(); i++) {
            byte hit = films.hits().hit()[i][label];
            if (hit == 0 || hit == 1) {
                seen++;
                hits += hit;
                area += films.hits().area()[i][label];
            }
        }
        return seen < Choice.MIN_EACH ? null : new HeatMapScore(seen, Wilson.of(hits, seen), area / seen);
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
