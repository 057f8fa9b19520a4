package io.hilum.trainer.films;

import io.hilum.model.bundle.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Divides clusters (patients), never films. Who goes where follows from the seed and the clusters' keys alone, not from the
 * order of rows: two tables of the same films are divided alike. No state; any thread.
 */
final class ClusterSplit {
    private ClusterSplit() {}

    /**
     * @param films number of films of each cluster
     * @param share of all films that are held out, in (0, 1); reached or passed by one cluster
     * @return the clusters held out; neither none nor all
     */
    static Set<String> hold(Map<String, Integer> films, double share, long seed) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("The share held out must lie between 0 and 1, not be " + share + ".");
        }
        if (films.size() < 2) {
            throw new IllegalArgumentException("One patient or group cannot be divided into two parts.");
        }
        long all = films.values().stream().mapToLong(Integer::longValue).sum();
        Set<String> held = new HashSet<>();
        long count = 0;
        for (String cluster : order(films.keySet(), seed)) {
            if (count >= share * all || held.size() == films.size() - 1) {
                break;
            }
            held.add(cluster);
            count += films.get(cluster);
        }
        return held;
    }

    /**
     * Folds of nearly equal numbers of films.
     *
     * @return the fold of each cluster, from 0
     */
    static Map<String, Integer> folds(Map<String, Integer> films, int folds, long seed) {
        if (folds < 2 || folds > films.size()) {
            throw new IllegalArgumentException("%d patients or groups cannot be divided into %d folds.".formatted(films.size(), folds));
        }
        long[] size = new long[folds];
        Map<String, Integer> out = new TreeMap<>();
        for (String cluster : order(films.keySet(), seed)) {
            int smallest = 0;
            for (int f = 1; f < folds; f++) {
                smallest = size[f] < size[smallest] ? f : smallest;
            }
            size[smallest] += films.get(cluster);
            out.put(cluster, smallest);
        }
        return out;
    }

    private static List<String> order(Set<String> clusters, long seed) {
        Map<String, Long> drawn = new TreeMap<>();
        clusters.forEach(cluster -> drawn.put(cluster, draw(cluster, seed)));
        return clusters.stream().sorted(Comparator.comparing((String cluster) -> drawn.get(cluster)).thenComparing(Comparator.naturalOrder()))
            .toList();
    }

    private static long draw(String cluster, long seed) {
        byte[] text = (seed + "\n" + cluster).getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.wrap(Sha256.digest().digest(text)).getLong();
    }
}
