package io.hilum.trainer.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.trainer.data.FilmCache;
import io.hilum.trainer.data.FilmInfo;
import io.hilum.trainer.data.FilmSelection;
import io.hilum.trainer.data.Sex;
import io.hilum.trainer.data.View;
import io.hilum.model.metric.Auc;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShortcutBaselinesTest {
    @TempDir
    Path dir;

    /** With one feature of two values the regression is the log odds of each. */
    @Test
    void theRegressionFindsTheKnownOptimum() {
        double[][] x = new double[40][];
        int[] y = new int[40];
        for (int i = 0; i < 40; i++) {
            x[i] = new double[] {i < 20 ? 0 : 1};
            y[i] = i < 5 || i >= 20 && i < 35 ? 1 : 0;
        }
        Logistic model = Logistic.fit(x, y, 0);
        assertEquals(Math.log(5.0 / 15), model.score(new double[] {0}), 1e-6);
        assertEquals(Math.log(15.0 / 5), model.score(new double[] {1}), 1e-6);
    }

    @Test
    void filmsThatAreToldApartDoNotBreakTheRegression() {
        Logistic model = Logistic.fit(new double[][] {{0, 7}, {1, 7}, {2, 7}, {3, 7}}, new int[] {0, 0, 1, 1}, 0.1);
        assertTrue(model.score(new double[] {3, 7}) > 0 && model.score(new double[] {0, 7}) < 0);
        assertTrue(Double.isFinite(model.score(new double[] {1, 100})), "a feature that never varied says nothing");
    }

    /** What lies inside must not leak into a baseline that claims not to look there. */
    @Test
    void theBaselinesDoNotSeeTheCentre() throws IOException {
        FilmCache films = films(4, 1, true);
        assertArrayEquals(ShortcutBaselines.BORDER.features(films, 0), ShortcutBaselines.BORDER.features(films, 2));
        assertEquals(28 * 28 - 24 * 24, ShortcutBaselines.BORDER.features(films, 0).length);
        assertArrayEquals(ShortcutBaselines.CENTRE_BLANKED.features(films, 0), ShortcutBaselines.CENTRE_BLANKED.features(films, 2));
        byte[] film = new byte[FilmSets.SIDE * FilmSets.SIDE];
        byte[] other = film.clone();
        films.film(0, film, 0);
        films.film(2, other, 0);
        assertTrue(!Arrays.equals(film, other));
        assertArrayEquals(FilmSets.blanked(film, FilmSets.FRAME), FilmSets.blanked(other, FilmSets.FRAME));
    }

    @Test
    void aShortcutThatIsThereIsFound() throws IOException {
        FilmSelection train = FilmSelection.all(films(80, 2, false));
        FilmSelection test = FilmSelection.all(films(60, 3, false));
        int[] truth = ShortcutBaselines.truth(test);
        assertEquals(1, Auc.of(ShortcutBaselines.ASPECT_RATIO.scores(train, train, test), truth), 1e-9);
        assertEquals(1, Auc.of(ShortcutBaselines.VIEW.scores(train, train, test), truth), 1e-9);
        assertTrue(Auc.of(ShortcutBaselines.BORDER.scores(train.fraction(0.2, 1), train, test), truth) > 0.9);
    }

    /** Label 1 on odd films: wider, AP, with a slightly brighter border; the centre is noise, the same border for all when asked. */
    private FilmCache films(int n, long seed, boolean oneBorder) throws IOException {
        var random = new SplittableRandom(seed);
        List<FilmInfo> infos = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            infos.add(new FilmInfo("film" + seed + "-" + i, -1, Sex.UNKNOWN, i % 2 == 0 ? View.PA : View.AP, "made", null, 1000 + i % 2 * 300, 1000));
        }
        Path file = dir.resolve("films" + seed);
        int side = FilmSets.SIDE;
        try (var writer = new FilmCache.Writer(file, infos, side, List.of("A"), "made", true)) {
            for (int i = 0; i < n; i++) {
                byte[] film = new byte[side * side];
                for (int p = 0; p < film.length; p++) {
                    int r = Math.min(p / side, side - 1 - p / side);
                    int c = Math.min(p % side, side - 1 - p % side);
                    boolean frame = Math.min(r, c) < FilmSets.FRAME;
                    film[p] = (byte) (frame && oneBorder ? 50 : 100 + random.nextInt(40) + (frame ? i % 2 * 10 : 0));
                }
                writer.add(film, new int[] {i % 2}, i, new float[1][]);
            }
            writer.finish();
        }
        return FilmCache.open(file);
    }
}
