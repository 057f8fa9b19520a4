package io.hilum.trainer.experiment;

import io.hilum.trainer.data.FilmSelection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * One comparison on one test set: both arms and the baselines that they must beat, at one share of labels. What has not been
 * run yet is absent.
 *
 * @param share percent of the labels
 * @param seeds that both arms have finished
 * @param shortcuts names of the baselines in {@code analysis}
 */
record Outcome(Task task, int share, List<Integer> seeds, List<String> shortcuts, PairedAnalysis analysis) {
    private static final String BLANKED = "centre blanked, network ";

    /** Every comparison of which at least one pair of runs has ended. */
    static List<Outcome> all(Workplace place) throws IOException {
        List<Outcome> out = new ArrayList<>();
        for (int share : Plan.SHARES) {
            add(out, of(place, Task.COVIDX, share, place.plan().seeds().get(share)));
        }
        add(out, of(place, Task.CXR14, 100, place.plan().cxr14Seeds()));
        return out;
    }

    private static void add(List<Outcome> out, Outcome outcome) {
        if (!outcome.seeds.isEmpty()) {
            out.add(outcome);
        }
    }

    private static Outcome of(Workplace place, Task task, int share, int planned) throws IOException {
        List<Integer> seeds = new ArrayList<>();
        Map<String, List<double[]>> scores = new LinkedHashMap<>();
        for (int seed = 1; seed <= planned; seed++) {
            RunResult scratch = ended(place, task, Arm.SCRATCH, share, seed);
            RunResult pretrained = ended(place, task, Arm.PRETRAINED, share, seed);
            if (scratch != null && pretrained != null) {
                seeds.add(seed);
                scores.computeIfAbsent(Arm.SCRATCH.words(), k -> new ArrayList<>()).add(scratch.testScores());
                scores.computeIfAbsent(Arm.PRETRAINED.words(), k -> new ArrayList<>()).add(pretrained.testScores());
            }
        }
        var sets = new FilmSets(place);
        FilmSelection test = sets.test(task);
        Map<String, List<double[]>> shortcuts = seeds.isEmpty() ? Map.of() : shortcuts(place, task, share, seeds);
        scores.putAll(shortcuts);
        long[] cluster = IntStream.range(0, test.films()).mapToLong(test::cluster).toArray();
        return new Outcome(task, share, List.copyOf(seeds), List.copyOf(shortcuts.keySet()),
            new PairedAnalysis(ShortcutBaselines.truth(test), cluster, scores));
    }

    private static Map<String, List<double[]>> shortcuts(Workplace place, Task task, int share, List<Integer> seeds) throws IOException {
        var sets = new FilmSets(place);
        FilmSelection.Parts parts = sets.parts(task);
        FilmSelection test = sets.test(task);
        List<ShortcutBaselines> kinds = task == Task.CXR14 ? List.of(ShortcutBaselines.VIEW)
            : List.of(ShortcutBaselines.ASPECT_RATIO, ShortcutBaselines.BORDER, ShortcutBaselines.CENTRE_BLANKED);
        Map<String, List<double[]>> out = new LinkedHashMap<>();
        for (ShortcutBaselines kind : kinds) {
            List<double[]> bySeed = new ArrayList<>();
            // With all labels every seed gives the same regression.
            for (int seed : share == 100 ? List.of(1) : seeds) {
                FilmSelection train = share == 100 ? parts.train() : parts.train().fraction(share / 100.0, seed);
                bySeed.add(kind.scores(train, parts.held(), test));
            }
            out.put(kind.words(), bySeed);
        }
        for (Arm arm : task == Task.COVIDX ? Arm.values() : new Arm[0]) {
            RunResult blanked = ended(place, Task.BLANKED, arm, share, Plan.CHOSEN_SEED);
            if (blanked != null) {
                out.put(BLANKED + arm.words(), List.of(blanked.testScores()));
            }
        }
        return out;
    }

    /** Null when it has not ended. */
    private static RunResult ended(Workplace place, Task task, Arm arm, int share, int seed) throws IOException {
        for (Run candidate : place.plan().candidates(arm)) {
            if (!place.ended(candidate)) {
                return null;
            }
        }
        Run run = place.standing(task, arm, share, seed);
        return place.ended(run) ? place.result(run) : null;
    }

    String bestShortcut() {
        return analysis.best(shortcuts);
    }
}
