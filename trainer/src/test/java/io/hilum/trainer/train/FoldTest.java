package io.hilum.trainer.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.trainer.data.FilmCache;
import io.hilum.trainer.data.FilmInfo;
import io.hilum.trainer.data.FilmSelection;
import io.hilum.trainer.data.Sex;
import io.hilum.trainer.data.View;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
    void noFoldOrCutPartsTwoPatientsWhoShareAFilm() throws IOException {
        List<FilmInfo> infos = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            byte[] digest = new byte[32];
            // Films 0, 13 and 26 have one canvas, and so have 14 and 39: five of forty patients in two groups.
            digest[0] = (byte) (i % 13 == 0 && i < 39 ? 1 : i == 39 ? 24 : i + 10);
            infos.add(new FilmInfo("film " + i, -1, Sex.UNKNOWN, View.UNKNOWN, "", digest, -1, -1));
        }
        try (var writer = new FilmCache.Writer(dir.resolve("twins"), infos, 16, List.of("A"), "twins", true)) {
            for (int i = 0; i < 40; i++) {
                writer.add(new byte[256], new int[] {i % 2}, 100 + i, new float[1][]);
            }
            writer.finish();
        }
        FilmSelection films = FilmSelection.all(FilmCache.open(dir.resolve("twins")));
        for (int seed = 0; seed < 20; seed++) {
            for (var parts : List.of(new Fold(1, 3).of(films, seed), films.hold(0.3, seed))) {
                Set<Long> held = clusters(parts.held());
                assertTrue(Set.of(100L, 113L, 126L).stream().map(held::contains).distinct().count() == 1, "seed " + seed + ": " + held);
                assertEquals(held.contains(114L), held.contains(139L), "seed " + seed);
                assertEquals(40, held.size() + parts.train().films());
            }
        }
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
