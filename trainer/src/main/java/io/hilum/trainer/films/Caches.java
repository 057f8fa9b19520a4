package io.hilum.trainer.films;

import io.hilum.model.input.Geometry;
import io.hilum.trainer.data.FilmCache;
import io.hilum.trainer.data.FilmInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Writes films that were read into a cache. No state; any thread. */
final class Caches {
    private Caches() {}

    /**
     * @param description what the films are; their number is put before it
     * @param geometry how they became square
     */
    static void write(Path out, List<Film> films, Workspace work, int size, List<String> labels, String description, Boxes boxes,
            Geometry geometry) throws IOException {
        List<FilmInfo> infos = films.stream().map(Caches::info).toList();
        try (var writer = new FilmCache.Writer(out, infos, size, labels, films.size() + " films: " + description, false, geometry)) {
            for (Film film : films) {
                int[] label = film.row().labels();
                float[][] box = new float[label.length][];
                for (int l = 0; l < label.length; l++) {
                    box[l] = film.row().label(l) == 1 ? boxes.get(film.row().image(), labels.get(l)) : null;
                }
                writer.add(work.input(film), label, cluster(film.row().cluster()), box);
            }
            writer.finish();
        }
    }

    private static FilmInfo info(Film film) {
        FilmRow row = film.row();
        boolean listed = row.width() > 0 && row.height() > 0;
        return new FilmInfo(row.image(), row.age(), row.sex(), row.view(), row.source(), film.sha256(),
            listed ? row.width() : film.width(), listed ? row.height() : film.height());
    }

    /** A number for a patient or group, the same in every cache. */
    static long cluster(String key) {
        return UUID.nameUUIDFromBytes(("patient " + key).getBytes(StandardCharsets.UTF_8)).getMostSignificantBits();
    }

    /** A line for each label: how many films are positive, negative, not known. */
    static String counts(List<Film> films, List<String> labels) {
        StringBuilder out = new StringBuilder();
        for (int l = 0; l < labels.size(); l++) {
            int[] count = new int[3];
            for (Film film : films) {
                int value = film.row().label(l);
                count[value == FilmCache.UNKNOWN ? 2 : value]++;
            }
            out.append(String.format(Locale.ROOT, "  %-28s %7d positive %7d negative %7d unknown%n", labels.get(l), count[1], count[0], count[2]));
        }
        return out.toString();
    }
}
