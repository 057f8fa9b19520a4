package io.hilum.trainer.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.trainer.data.FilmCache;
import io.hilum.trainer.data.FilmSelection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldTest {
    @TempDir Path dir;

    @Test
    void noFilmIsHeldOutTwiceOrNeverAndNoPatientIsOnBothSides() throws IOException {
        FilmSelection films = FilmSelection.all(FilmCache.open(Toys.cache(dir.resolve("films"), 50, 1)));
        Set<Integer> held = new HashSet<>();
        for (int f = 1; f <= 5; f++) {
            var parts = new Fold(f, 5).of(films, 7);
            assertEquals(50, parts.train().films() + parts.held().films());
            assertTrue(parts.held().films() >= 8 && parts.held().films() <= 12, "about a fifth: " + parts.held().films());
            Set<Long> taught = clusters(parts.train());
            clusters(parts.held()).forEach(c -> assertTrue(!taught.contains(c), "patient " + c));
            for (int i = 0; i < parts.held().films(); i++) {
                assertTrue(held.add(parts.held().film(i)));
            }
        }
        assertEquals(50, held.size());
    }

    @Test
    void aFoldThatDoesNotExistIsRefused() throws IOException {
        assertEquals(new Fold(2, 5), Fold.of("2/5"));
        for (String wrong : new String[] {"0/5", "6/5", "1/1", "2", "a/b", "2/5/6"}) {
            assertThrows(IllegalArgumentException.class, () -> Fold.of(wrong), wrong);
        }
        FilmSelection films = FilmSelection.all(FilmCache.open(Toys.cache(dir.resolve("few"), 6, 1)));
        assertThrows(IllegalArgumentException.class, () -> new Fold(1, 4).of(films, 0));
    }

    private static Set<Long> clusters(FilmSelection films) {
        return IntStream.range(0, films.films()).mapToObj(films::cluster).collect(Collectors.toSet());
    }
}
