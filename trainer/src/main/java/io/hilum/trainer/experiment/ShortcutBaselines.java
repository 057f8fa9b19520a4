package io.hilum.trainer.experiment;

import io.hilum.trainer.data.FilmCache;
import io.hilum.trainer.data.FilmSelection;
import io.hilum.trainer.data.View;
import io.hilum.model.metric.Auc;

/**
 * What can be told without looking at the lungs. On covidx-mini class and hospital coincide, so a high score proves nothing
 * until it beats these: the film's shape, its border, and all but its centre.
 *
 * <p>Each is a logistic regression taught with the same labels as the networks it stands beside, its penalty chosen on the same
 * validation films.
 */
enum ShortcutBaselines {
    /** |log(width / height)| of the film before it was stretched to a square: all films of one class are square. */
    ASPECT_RATIO("aspect ratio alone") {
        @Override
        double[] features(FilmCache cache, int film) {
            return new double[] {Math.abs(Math.log((double) cache.width(film) / cache.height(film)))};
        }
    },
    /** The outer 24 of 336 pixels, as means over blocks of 12. */
    BORDER("border only (outer 24 of 336 pixels)") {
        @Override
        double[] features(FilmCache cache, int film) {
            return blocks(cache, film, 2);
        }
    },
    /** All but the centre's 240 x 240 of 336 pixels, as means over blocks of 12. */
    CENTRE_BLANKED("centre blanked, logistic regression") {
        @Override
        double[] features(FilmCache cache, int film) {
            return blocks(cache, film, FilmSets.FRAME / BLOCK);
        }
    },
    /** Posteroanterior or anteroposterior: who can stand gets the one, who is ill in bed the other. */
    VIEW("view alone (PA or AP)") {
        @Override
        double[] features(FilmCache cache, int film) {
            return new double[] {cache.view(film) == View.PA ? 1 : 0, cache.view(film) == View.AP ? 1 : 0};
        }
    };

    /** Side of a block in pixels of a cached film; 12 of the stored 336. */
    private static final int BLOCK = 6;
    private static final double[] PENALTIES = {0.1, 1, 10, 100, 1000};

    private final String words;

    ShortcutBaselines(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    abstract double[] features(FilmCache cache, int film);

    /**
     * @param train the labels it may see; a film that is repeated counts once
     * @param held chooses the penalty
     * @return logits of the test films
     */
    double[] scores(FilmSelection train, FilmSelection held, FilmSelection test) {
        FilmSelection once = new FilmSelection(train.cache(), java.util.Arrays.stream(train.index()).distinct().toArray());
        double[][] x = all(once);
        double[][] heldX = all(held);
        Logistic best = null;
        double bestAuc = Double.NEGATIVE_INFINITY;
        for (double penalty : PENALTIES) {
            Logistic model = Logistic.fit(x, truth(once), penalty);
            double auc = Auc.of(scores(model, heldX), truth(held));
            if (auc > bestAuc) {
                best = model;
                bestAuc = auc;
            }
        }
        return scores(best, all(test));
    }

    private double[][] all(FilmSelection films) {
        double[][] out = new double[films.films()][];
        for (int i = 0; i < out.length; i++) {
            out[i] = features(films.cache(), films.film(i));
        }
        return out;
    }

    private static double[] scores(Logistic model, double[][] x) {
        return java.util.Arrays.stream(x).mapToDouble(model::score).toArray();
    }

    static int[] truth(FilmSelection films) {
        return java.util.stream.IntStream.range(0, films.films()).map(i -> films.label(i, 0)).toArray();
    }

    /** Mean grey of each block of the outer {@code ring} rows and columns of blocks. */
    static double[] blocks(FilmCache cache, int film, int ring) {
        int side = cache.size();
        byte[] pixels = new byte[side * side];
        cache.film(film, pixels, 0);
        int grid = side / BLOCK;
        int inner = Math.max(0, grid - 2 * ring);
        double[] out = new double[grid * grid - inner * inner];
        int at = 0;
        for (int r = 0; r < grid; r++) {
            for (int c = 0; c < grid; c++) {
                if (r < ring || c < ring || r >= grid - ring || c >= grid - ring) {
                    double sum = 0;
                    for (int k = 0; k < BLOCK * BLOCK; k++) {
                        sum += pixels[(r * BLOCK + k / BLOCK) * side + c * BLOCK + k % BLOCK] & 0xff;
                    }
                    out[at++] = sum / (BLOCK * BLOCK);
                }
            }
        }
        return out;
    }
}
