package io.hilum.trainer.data;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The films of a cache that take part, in an order, perhaps some of them several times. A film is named by its
 * position here; {@link #film(int)} gives its place in the cache. Read-only; any thread.
 *
 * @param cache where the films are
 * @param index places in the cache; the caller leaves the array alone afterwards
 */
public record FilmSelection(FilmCache cache, int[] index) {
    /** A training part and what was held out of it; no cluster (patient) is in both. */
    public record Parts(FilmSelection train, FilmSelection held) {}

    public FilmSelection {
        for (int i : index) {
            if (i < 0 || i >= cache.films()) {
                throw new IllegalArgumentException("%s has %d films, no film %d.".formatted(cache.file(), cache.films(), i));
            }
        }
    }

    /** Every film once, in the cache's order. */
    public static FilmSelection all(FilmCache cache) {
        return new FilmSelection(cache, IntStream.range(0, cache.films()).toArray());
    }

    /** Number of positions. */
    public int films() {
        return index.length;
    }

    /** How many films there are when none is counted twice. */
    public int different() {
        return (int) Arrays.stream(index).distinct().count();
    }

    /** The place in the cache of the film at a position. */
    public int film(int position) {
        return index[position];
    }

    /** 0, 1 or {@link FilmCache#UNKNOWN}. */
    public int label(int position, int label) {
        return cache.label(index[position], label);
    }

    public long cluster(int position) {
        return cache.cluster(index[position]);
    }

    /** The films whose place in the cache passes the test, in order. */
    public FilmSelection where(IntPredicate film) {
        return new FilmSelection(cache, Arrays.stream(index).filter(film).toArray());
    }

    /**
     * A share of the films, drawn film by film whatever its patient and label, and repeated until there are as many
     * positions as before: so an epoch keeps its length when labels are few, as in the reference's CovidX runs.
     * With one seed a smaller share is a part of a larger one.
     *
     * @param share in (0, 1]; at least one film is kept
     */
    public FilmSelection fraction(double share, long seed) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("A share of the films must lie in (0, 1], not be " + share + ".");
        }
        int[] drawn = shuffled(index, seed);
        int kept = (int) Math.max(1, Math.round(share * index.length));
        int[] out = new int[index.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = drawn[i % kept];
        }
        return new FilmSelection(cache, out);
    }

    /**
     * Holds whole clusters out until they make up the share of the films. Clusters that share a film's pixels go together.
     *
     * @param share in (0, 1) of the films, reached or just passed
     */
    public Parts hold(double share, long seed) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("The held-out share must lie in (0, 1), not be " + share + ".");
        }
        var clusters = new LinkedHashSet<Long>();
        for (int i : index) {
            clusters.add(cache.cluster(i));
        }
        long[] ids = clusters.stream().mapToLong(Long::longValue).toArray();
        int[] order = shuffled(IntStream.range(0, ids.length).toArray(), seed);
        var held = new HashSet<Long>();
        var twins = Twins.of(this);
        long films = 0;
        for (int k = 0; k < order.length && films < share * index.length; k++) {
            long id = twins.group(ids[order[k]]);
            // Where nobody shares a film, this is the one cluster.
            if (clusters.removeIf(cluster -> twins.group(cluster) == id && held.add(cluster))) {
                films += Arrays.stream(index).filter(i -> twins.group(cache.cluster(i)) == id).count();
            }
        }
        return new Parts(where(i -> !held.contains(cache.cluster(i))), where(i -> held.contains(cache.cluster(i))));
    }

    private static int[] shuffled(int[] values, long seed) {
        int[] out = values.clone();
        var random = new SplittableRandom(new SplittableRandom(seed).nextLong());
        for (int i = out.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swap = out[i];
            out[i] = out[j];
            out[j] = swap;
        }
        return out;
    }
}
