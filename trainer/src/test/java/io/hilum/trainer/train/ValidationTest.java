package io.hilum.trainer.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.trainer.data.FilmCache;
import io.hilum.trainer.data.FilmSelection;
import io.hilum.trainer.eval.Predictions;
import io.hilum.trainer.net.Loss;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What chooses the epoch, and what of the labels reaches the loss. */
class ValidationTest {
    private static final int U = FilmCache.UNKNOWN;
    @TempDir Path dir;

    @Test
    void aRareLabelDoesNotChooseTheEpoch() throws IOException {
        int[][] labels = new int[40][];
        float[][] logits = new float[40][];
        for (int i = 0; i < 40; i++) {
            // "A" has 20 films of each kind, "B" one positive film only, which is ranked last.
            labels[i] = new int[] {i % 2, i == 7 ? 1 : 0};
            logits[i] = new float[] {i % 2, i == 7 ? -1 : 1};
        }
        var validation = Validation.of(new Predictions(films(labels), logits), Loss.BCE);
        assertArrayEquals(new double[] {1, 0}, validation.aucs());
        assertArrayEquals(new boolean[] {true, false}, validation.evaluable());
        assertEquals(1, validation.score());
        assertTrue(validation.toString().startsWith("validation AUC 1.0000"), validation.toString());
        labels[1][0] = U;
        validation = Validation.of(new Predictions(films(labels), logits), Loss.BCE);
        assertEquals(-validation.loss(), validation.score(), "no label is left");
    }

    @Test
    void anUnknownClassIsInNoMean() throws IOException {
        int[][] labels = {{1, 0, 0}, {0, 0, 1}, {U, U, U}};
        float[][] logits = {{2, 1, 0}, {1, 0, 0}, {9, -9, 5}};
        var validation = Validation.of(new Predictions(films(labels), logits), Loss.CE);
        double first = Math.log(Math.exp(2) + Math.exp(1) + 1) - 2;
        double second = Math.log(Math.exp(1) + 2);
        assertEquals((first + second) / 2, validation.loss(), 1e-9);
        assertEquals(0.5, validation.accuracy());
        var binary = Validation.of(new Predictions(films(new int[][] {{1, U}}), new float[][] {{0, 5}}), Loss.BCE);
        assertEquals(Math.log(2), binary.loss(), 1e-9);
    }

    @Test
    void aFilmOfTwoClassesIsNotTaughtAsOne() throws IOException {
        FilmSelection films = films(new int[][] {{1, 0}, {1, 1}, {U, U}});
        var options = Toys.options(1, 1e-3);
        var one = new TrainOptions(options.architecture(), 16, 1, 1, 1, 1, 0, 1e-3, 0, true, options.adam(), options.precision(), 0,
            new Objective(Loss.CE, false, 0, 0), options.augmentation(), 0, 0, options.run());
        var e = assertThrows(IllegalArgumentException.class, () -> new StepBatches(one, films));
        assertTrue(e.getMessage().contains("film 2") && e.getMessage().contains("2 of the labels"), e.getMessage());
        assertEquals(2, new StepBatches(one, films.where(i -> i != 1)).perEpoch(), "an unknown class is left to the loss");
    }

    @Test
    void onlyUncertainLabelsAreSmoothed() throws IOException {
        FilmSelection films = films(new int[][] {{1, 0}, {FilmCache.UNCERTAIN_POSITIVE, FilmCache.UNCERTAIN_NEGATIVE}, {U, FilmCache.UNCERTAIN_POSITIVE}});
        assertEquals(1, films.label(1, 0));
        assertEquals(0, films.label(1, 1));
        float[] targets = {1, 0, 1, 0, -1, 1};
        var smoothing = new Smoothing(films, 3);
        assertTrue(smoothing.changesSomething());
        smoothing.apply(targets, new int[] {9, 0, 1, 2}, 1);
        assertArrayEquals(new float[] {1, 0}, java.util.Arrays.copyOf(targets, 2));
        assertTrue(targets[2] >= 0.7 && targets[2] < 0.8, "certain enough: " + targets[2]);
        assertTrue(targets[3] >= 0.2 && targets[3] < 0.3, "uncertain, made 0: " + targets[3]);
        assertEquals(-1, targets[4]);
        assertTrue(targets[5] >= 0.7 && targets[5] < 0.8, "uncertain, made 1: " + targets[5]);
    }

    private FilmSelection films(int[][] labels) throws IOException {
        Path file = dir.resolve("films" + System.nanoTime());
        List<String> names = List.of("A", "B", "C").subList(0, labels[0].length);
        try (var writer = new FilmCache.Writer(file, labels.length, 16, names, "films", true)) {
            for (int i = 0; i < labels.length; i++) {
                writer.add(new byte[256], labels[i], i, new float[names.size()][]);
            }
            writer.finish();
        }
        return FilmSelection.all(FilmCache.open(file));
    }
}
