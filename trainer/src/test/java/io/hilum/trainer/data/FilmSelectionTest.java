package io.hilum.trainer.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilmSelectionTest {
    private static final int FILMS = 200;
    @TempDir
    Path dir;
    private FilmSelection all;

    /** Three films a patient; a film's only grey value is its number. */
    @BeforeEach
    void films() throws IOException {
        try (var writer = new FilmCache.Writer(dir.resolve("films"), FILMS, 16, List.of("A"), "numbered", true)) {
            for (int i = 0; i < FILMS; i++) {
                byte[] film = new byte[256];
                Arrays.fill(film, (byte) i);
                writer.add(film, new int[] {i % 2}, i / 3, new float[1][]);
            }
            writer.finish();
        }
        all = FilmSelection.all(FilmCache.open(dir.resolve("films")));
    }

    @Test
    void noPatientIsTaughtAndHeldOut() {
        var parts = all.hold(0.15, 7);
        var taught = clusters(parts.train());
        assertTrue(clusters(parts.held()).stream().noneMatch(taught::contains));
        assertEquals(FILMS, parts.train().films() + parts.held().films());
        assertTrue(parts.held().films() >= 30 && parts.held().films() < 33, "held " + parts.held().films());
        assertNotEquals(clusters(parts.held()), clusters(all.hold(0.15, 8).held()), "another seed, another cut");
    }

    @Test
    void fewLabelsDoNotShortenAnEpochAndOtherLabelsStayOut() {
        var few = all.fraction(0.05, 1);
        assertEquals(FILMS, few.films());
        assertEquals(10, few.different());
        assertArrayEquals(few.index(), all.fraction(0.05, 1).index());
        assertFalse(Arrays.equals(few.index(), all.fraction(0.05, 2).index()));
        var more = IntStream.of(all.fraction(0.1, 1).index()).boxed().collect(Collectors.toSet());
        assertTrue(IntStream.of(few.index()).allMatch(more::contains), "a smaller share is a part of a larger one");
        assertEquals(FILMS, all.fraction(1, 1).different());
        assertThrows(IllegalArgumentException.class, () -> all.fraction(0, 1));
    }

    @Test
    void aBatchHoldsNoFilmThatWasNotSelected() {
        var few = all.where(i -> i % 10 == 3).fraction(0.5, 1);
        var loader = new BatchLoader(few, 16, 4, Augmentation.NONE, 1, false);
        var allowed = IntStream.of(few.index()).boxed().collect(Collectors.toSet());
        int[] order = loader.order(0);
        for (int b = 0; b < loader.batches(); b++) {
            Batch batch = loader.training(order, 0, b);
            for (int i = 0; i < batch.films(); i++) {
                int film = batch.images().get(i * 256) & 0xff;
                assertTrue(allowed.contains(film), "film " + film);
                assertEquals(film % 2, batch.targets()[i]);
            }
        }
    }

    private static Set<Long> clusters(FilmSelection films) {
        return IntStream.range(0, films.films()).mapToObj(films::cluster).collect(Collectors.toSet());
    }
}
