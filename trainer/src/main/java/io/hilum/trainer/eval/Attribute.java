package io.hilum.trainer.eval;

import io.hilum.trainer.data.FilmInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A property of films that divides them into groups. Read-only; any thread.
 *
 * @param name sex, age, view or source
 * @param groups names; films of which nobody knows have a group of their own
 * @param of each film's group
 */
record Attribute(String name, List<String> groups, int[] of) {
    /** Said of films of which the property is not known. */
    static final String UNKNOWN = "not known";
    /** The property that says where a film came from. */
    static final String SOURCE = "source";
    private static final int MIDDLE = 40;
    private static final int OLDER = 60;
    private static final int OLDEST = 80;

    /** A way to tell a film's group. */
    interface Reader {
        String group(FilmInfo film);
    }

    /** All four; one of which nothing is known for any film is left out. */
    static List<Attribute> all(MeasuredFilms films) {
        List<Attribute> out = new ArrayList<>();
        add(out, "sex", films, f -> switch (f.sex()) {
            case MALE -> "male";
            case FEMALE -> "female";
            case UNKNOWN -> UNKNOWN;
        });
        add(out, "age", films, Attribute::band);
        add(out, "view", films, f -> switch (f.view()) {
            case PA, AP -> f.view().name();
            case OTHER -> "other";
            case UNKNOWN -> UNKNOWN;
        });
        add(out, SOURCE, films, f -> f.source().isEmpty() ? UNKNOWN : f.source());
        return out;
    }

    private static String band(FilmInfo film) {
        int age = film.age();
        if (age < 0) {
            return UNKNOWN;
        }
        return age < MeasuredFilms.ADULT ? "under 18" : age < MIDDLE ? "18-39" : age < OLDER ? "40-59" : age < OLDEST ? "60-79" : "80 and over";
    }

    private static void add(List<Attribute> out, String name, MeasuredFilms films, Reader reader) {
        String[] group = new String[films.films()];
        for (int i = 0; i < group.length; i++) {
            group[i] = reader.group(films.info()[i]);
        }
        // What is not known comes last.
        List<String> groups = java.util.Arrays.stream(group).distinct()
            .sorted(java.util.Comparator.comparing((String g) -> g.equals(UNKNOWN)).thenComparing(g -> g.toLowerCase(Locale.ROOT))).toList();
        if (groups.isEmpty() || groups.equals(List.of(UNKNOWN))) {
            return;
        }
        int[] of = new int[group.length];
        for (int i = 0; i < of.length; i++) {
            of[i] = groups.indexOf(group[i]);
        }
        out.add(new Attribute(name, groups, of));
    }
}
