package io.hilum.trainer.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a cache knows of its films comes back as it went in, and films in two caches are found. */
class FilmInfoTest {
    @TempDir
    Path folder;

    private static byte[] digest(int fill) {
        byte[] out = new byte[32];
        Arrays.fill(out, (byte) fill);
        return out;
    }

    private static FilmInfo film(String name, int fill) {
        return new FilmInfo(name, 61, Sex.FEMALE, View.AP, "nih", digest(fill), 1024, 900);
    }

    /** Films of 2 x 2 pixels; the first pixel is the given grey. */
    private FilmCache cache(String file, List<FilmInfo> films, int grey, long cluster) throws IOException {
        Path path = folder.resolve(file);
        try (var writer = films.get(0) == null ? new FilmCache.Writer(path, films.size(), 2, List.of("A"), "test", true)
                : new FilmCache.Writer(path, films, 2, List.of("A"), "test", true)) {
            for (int i = 0; i < films.size(); i++) {
                writer.add(new byte[] {(byte) (grey + i), 1, 2, 3}, new int[] {1}, cluster + i, new float[1][]);
            }
            writer.finish();
        }
        return FilmCache.open(path);
    }

    @Test
    void losesNothingOnTheWayThroughAFile() throws IOException {
        FilmCache cache = cache("a", List.of(film("ä/1.png", 1), FilmInfo.NONE, film("2.png", 255)), 0, 0);
        assertEquals("ä/1.png", cache.name(0));
        assertEquals(61, cache.age(0));
        assertEquals(Sex.FEMALE, cache.sex(0));
        assertEquals(View.AP, cache.view(0));
        assertEquals("nih", cache.source(2));
        assertEquals(1024, cache.width(0));
        assertEquals(900, cache.height(2));
        assertArrayEquals(digest(255), cache.info(2).sha256());
        assertEquals("", cache.name(1));
        assertEquals(-1, cache.age(1));
        assertEquals(View.UNKNOWN, cache.view(1));
        assertEquals("", cache.source(1));
        assertNull(cache.info(1).sha256());
    }

    @Test
    void readsCachesThatKnowNothing() throws IOException {
        FilmCache cache = cache("plain", new ArrayList<>(Arrays.asList(null, null)), 0, 0);
        assertEquals(2, cache.films());
        assertEquals("", cache.name(1));
        assertEquals(-1, cache.width(1));
        assertEquals(Sex.UNKNOWN, cache.sex(0));
    }

    @Test
    void findsEveryFilmOfASetThatOneMappedTensorCannotHold() throws IOException {
        Path path = folder.resolve("blocks");
        try (var writer = new FilmCache.Writer(path, 5, null, 2, List.of("A"), "test", true, 8)) {
            for (int i = 0; i < 5; i++) {
                writer.add(new byte[] {(byte) i, 1, 2, (byte) (10 + i)}, new int[] {i % 2}, i, new float[1][]);
            }
            writer.finish();
        }
        FilmCache cache = FilmCache.open(path);
        assertEquals(5, cache.films());
        byte[] film = new byte[4];
        for (int i = 0; i < 5; i++) {
            cache.film(i, film, 0);
            assertArrayEquals(new byte[] {(byte) i, 1, 2, (byte) (10 + i)}, film);
            byte[] corner = new byte[1];
            cache.region(i, 1, 1, 1, 1, corner);
            assertEquals(10 + i, corner[0]);
            assertEquals(i % 2, cache.label(i, 0));
        }
    }

    @Test
    void letsNoFilmBeTaughtAndMeasured() throws IOException {
        FilmCache a = cache("a", List.of(film("1.png", 1), film("2.png", 2)), 10, 100);
        Overlap.refuse(a, cache("other", List.of(film("3.png", 3), film("4.png", 4)), 10, 200));
        refused(a, cache("name", List.of(film("3.png", 3), film("2.png", 4)), 20, 200), "'2.png'", "same name");
        refused(a, cache("pixels", List.of(film("3.png", 1)), 20, 200), "'1.png'", "'3.png'", "same pixels");
        refused(a, cache("patient", List.of(film("3.png", 3)), 20, 101), "'2.png'", "'3.png'", "patient");
        refused(a, cache("plain", new ArrayList<>(Arrays.asList(null, null)), 11, 300), "'2.png'", "number 1", "same pixels");
    }

    private static void refused(FilmCache a, FilmCache b, String... words) {
        String said = assertThrows(IOException.class, () -> Overlap.refuse(a, b)).getMessage();
        for (String word : words) {
            assertTrue(said.contains(word), said);
        }
        assertTrue(said.contains(a.file().toString()) && said.contains(b.file().toString()), said);
    }
}
