package io.hilum.trainer.train;

import io.hilum.trainer.data.FilmSelection;
import io.hilum.trainer.data.Twins;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * One of several folds of a cross-validation. Films of one cluster (patient) are always in one fold, and so are
 * patients who share a film's pixels; folds have about as many films each.
 *
 * @param number from 1
 * @param of how many folds there are, from 2
 */
public record Fold(int number, int of) {
    public Fold {
        if (of < 2 || number < 1 || number > of) {
            throw new IllegalArgumentException("--fold must be as 2/5: one of 2 or more folds, not %d/%d.".formatted(number, of));
        }
    }

    /** Reads {@code 2/5}. */
    public static Fold of(String text) {
        if (!text.matches("\\d{1,6}/\\d{1,6}")) {
            throw new IllegalArgumentException("--fold must be as 2/5: one of 2 or more folds, not '%s'.".formatted(text));
        }
        String[] parts = text.split("/");
        return new Fold(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }

    /** The fold held out, and the others to learn from. With one seed, each film is held out in exactly one fold. */
    public FilmSelection.Parts of(FilmSelection films, long seed) {
        Twins twins = Twins.of(films);
        var size = new LinkedHashMap<Long, Integer>();
        for (int i = 0; i < films.films(); i++) {
            size.merge(twins.group(films.cluster(i)), 1, Integer::sum);
        }
        if (size.size() < of) {
            throw new IllegalArgumentException("%d patients do not make %d folds.".formatted(size.size(), of));
        }
        List<Long> clusters = new ArrayList<>(size.keySet());
        var random = new SplittableRandom(seed);
        for (int i = clusters.size() - 1; i > 0; i--) {
            java.util.Collections.swap(clusters, i, random.nextInt(i + 1));
        }
        int[] filled = new int[of];
        Map<Long, Integer> fold = new HashMap<>();
        for (long cluster : clusters) {
            int smallest = 0;
            for (int f = 1; f < of; f++) {
                smallest = filled[f] < filled[smallest] ? f : smallest;
            }
            filled[smallest] += size.get(cluster);
            fold.put(cluster, smallest);
        }
        return new FilmSelection.Parts(films.where(i -> fold.get(twins.group(films.cache().cluster(i))) != number - 1),
            films.where(i -> fold.get(twins.group(films.cache().cluster(i))) == number - 1));
    }

    @Override
    public String toString() {
        return number + "/" + of;
    }
}
