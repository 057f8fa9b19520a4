package io.hilum.trainer.films;

import io.hilum.trainer.data.FilmCache;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds films that are listed under different names and have the same canvas. In two parts they are refused, or left out of
 * the part that is taught; inside of one part they are counted. No state; any thread.
 */
final class SharedPixels {
    private SharedPixels() {}

    /**
     * @param parts by name
     * @param skip whether a film that a measured part holds too is left out of the taught part; else that is an error
     * @return the parts without the films left out
     */
    static Map<String, List<Film>> check(Map<String, List<Film>> parts, boolean skip, LeftOut leftOut, List<String> notes) throws IOException {
        Map<ByteBuffer, Film> first = new HashMap<>();
        Map<ByteBuffer, String> home = new HashMap<>();
        Map<String, List<Film>> out = new java.util.LinkedHashMap<>();
        parts.keySet().forEach(part -> out.put(part, new ArrayList<>()));
        // Parts that are measured come first, so that what they hold is missed by the part that is taught.
        List<String> order = parts.keySet().stream().sorted(java.util.Comparator.comparingInt(SharedPixels::rank)).toList();
        for (String part : order) {
            int twins = 0;
            int contradicting = 0;
            for (Film film : parts.get(part)) {
                ByteBuffer pixels = ByteBuffer.wrap(film.sha256());
                Film twin = first.putIfAbsent(pixels, film);
                home.putIfAbsent(pixels, part);
                if (twin != null && !home.get(pixels).equals(part)) {
                    String same = "has the same pixels as %s (%s) in %s".formatted(twin.row().image(), twin.row().where(), home.get(pixels));
                    if (!skip) {
                        throw new IOException("%s: the film %s in %s %s; --skip-shared leaves such films out of what is taught."
                            .formatted(film.row().where(), film.row().image(), part, same));
                    }
                    leftOut.add(film.row(), same);
                    continue;
                }
                twins += twin == null ? 0 : 1;
                contradicting += twin != null && contradict(twin, film) ? 1 : 0;
                out.get(part).add(film);
            }
            if (twins > 0) {
                notes.add("%d films in %s have the same pixels as another one there, %d of them with contradicting labels.".formatted(twins, part, contradicting));
            }
        }
        return out;
    }

    private static int rank(String part) {
        return switch (part) {
            case "test" -> 0;
            case Parts.VALID, "val" -> 1;
            case Parts.TRAIN -> 3;
            default -> 2;
        };
    }

    private static boolean contradict(Film a, Film b) {
        for (int l = 0; l < a.row().labels().length; l++) {
            int x = a.row().label(l);
            int y = b.row().label(l);
            if (x != y && x != FilmCache.UNKNOWN && y != FilmCache.UNKNOWN) {
                return true;
            }
        }
        return false;
    }
}
