package io.hilum.trainer.films;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Films by the part (train, valid, test) that they go into, parts and films in the data set's order. An invalid one cannot
 * be made: in it no film is listed twice, every film has a patient or group, and none of these is in two parts.
 */
record Parts(Map<String, List<FilmRow>> films) {
    static final String TRAIN = "train";
    static final String VALID = "valid";

    /** The data set's own splits; films without one become {@link #TRAIN} when there is no split at all, else they are not taken. */
    static Parts official(List<FilmRow> rows) throws IOException {
        Map<String, List<FilmRow>> films = new LinkedHashMap<>();
        boolean none = rows.stream().allMatch(row -> row.split().isEmpty());
        for (FilmRow row : rows) {
            if (none || !row.split().isEmpty()) {
                films.computeIfAbsent(none ? TRAIN : row.split(), split -> new ArrayList<>()).add(row);
            }
        }
        return checked(films);
    }

    /** A note on the films that {@link #official} does not take. */
    static Optional<String> withoutSplit(List<FilmRow> rows) {
        List<FilmRow> without = rows.stream().filter(row -> row.split().isEmpty()).toList();
        return without.isEmpty() || without.size() == rows.size() ? Optional.empty()
            : Optional.of("%d films have no split while others have one, and were not taken; the first is %s (%s).".formatted(without.size(),
                without.get(0).image(), without.get(0).where()));
    }

    /** All films in one part. The data set's splits must be sound all the same: a list with a patient in two is wrong somewhere. */
    static Parts whole(List<FilmRow> rows) throws IOException {
        official(rows);
        return checked(new LinkedHashMap<>(Map.of("all", rows)));
    }

    /** Only these parts. */
    Parts only(List<String> wanted) throws IOException {
        Map<String, List<FilmRow>> out = new LinkedHashMap<>();
        for (String part : wanted) {
            if (!films.containsKey(part)) {
                throw new IOException("No film has the split '%s'; there are %s.".formatted(part, films.keySet()));
            }
            out.put(part, films.get(part));
        }
        return new Parts(out);
    }

    /** {@link #TRAIN} divided by patient or group: a share of its films becomes {@link #VALID}. */
    Parts hold(double share, long seed) throws IOException {
        Set<String> held = ClusterSplit.hold(sizes(), share, seed);
        return cut(row -> held.contains(row.cluster()));
    }

    /** {@link #TRAIN} divided by patient or group into folds, of which one (from 1) becomes {@link #VALID}. */
    Parts fold(int fold, int folds, long seed) throws IOException {
        if (fold < 1 || fold > folds) {
            throw new IllegalArgumentException("There is no fold %d of %d; the first is 1.".formatted(fold, folds));
        }
        Map<String, Integer> place = ClusterSplit.folds(sizes(), folds, seed);
        return cut(row -> place.get(row.cluster()) == fold - 1);
    }

    private Map<String, Integer> sizes() throws IOException {
        if (films.containsKey(VALID) || !films.containsKey(TRAIN)) {
            throw new IOException("Only films with the split '%s' can be divided into %s and %s, and no split may be called %s before; there are %s."
                .formatted(TRAIN, TRAIN, VALID, VALID, films.keySet()));
        }
        Map<String, Integer> sizes = new TreeMap<>();
        films.get(TRAIN).forEach(row -> sizes.merge(row.cluster(), 1, Integer::sum));
        return sizes;
    }

    private Parts cut(java.util.function.Predicate<FilmRow> held) throws IOException {
        Map<String, List<FilmRow>> out = new LinkedHashMap<>();
        films.forEach((part, rows) -> {
            if (part.equals(TRAIN)) {
                out.put(TRAIN, rows.stream().filter(held.negate()).toList());
                out.put(VALID, rows.stream().filter(held).toList());
            } else {
                out.put(part, rows);
            }
        });
        return checked(out);
    }

    private static Parts checked(Map<String, List<FilmRow>> films) throws IOException {
        if (films.values().stream().allMatch(List::isEmpty)) {
            throw new IOException("There is no film in the list.");
        }
        Map<String, FilmRow> images = new HashMap<>();
        for (List<FilmRow> rows : films.values()) {
            for (FilmRow row : rows) {
                FilmRow before = images.put(row.image(), row);
                if (before != null) {
                    throw new IOException("%s: the image %s was listed before, at %s.".formatted(row.where(), row.image(), before.where()));
                }
                if (row.cluster().isEmpty()) {
                    throw new IOException(("%s: the film %s has no patient or group, so it cannot be kept out of other parts; "
                        + "name a column that every film has with --cluster COLUMN.").formatted(row.where(), row.image()));
                }
            }
        }
        apart(films, FilmRow::cluster, "Patient or group");
        apart(films, FilmRow::patient, "Patient");
        return new Parts(films);
    }

    private static void apart(Map<String, List<FilmRow>> films, Function<FilmRow, String> key, String what) throws IOException {
        Map<String, String> part = new HashMap<>();
        Map<String, FilmRow> first = new HashMap<>();
        for (var entry : films.entrySet()) {
            for (FilmRow row : entry.getValue()) {
                String k = key.apply(row);
                String before = k.isEmpty() ? null : part.putIfAbsent(k, entry.getKey());
                first.putIfAbsent(k, row);
                if (before != null && !before.equals(entry.getKey())) {
                    throw new IOException("%s '%s' is in two splits: %s at %s, and %s at %s."
                        .formatted(what, k, before, first.get(k).where(), entry.getKey(), row.where()));
                }
            }
        }
    }

    /** Every film of every part. */
    List<FilmRow> all() {
        return films.values().stream().flatMap(List::stream).toList();
    }
}
