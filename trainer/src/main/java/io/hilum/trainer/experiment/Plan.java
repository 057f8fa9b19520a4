package io.hilum.trainer.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What is run: passes, seeds and fixed settings. Everything that differs between the arms is in {@link Arm}.
 *
 * @param pretraining passes of the one pre-training
 * @param covidx passes of a fine-tuning by share of labels, in percent
 * @param seeds paired seeds by share of labels, in percent
 * @param size side of the input in pixels
 */
record Plan(int pretraining, Map<Integer, Integer> covidx, Map<Integer, Integer> seeds, int cxr14, int cxr14Seeds, int size, int batch) {
    /** The published experiment. */
    static final Plan FULL = new Plan(86_000, Map.of(1, 2_000, 10, 6_000, 100, 16_000), Map.of(1, 5, 10, 3, 100, 3), 9_000, 3, 128, 16);
    /** The same shape in a minute: shows that everything works, measures nothing. */
    static final Plan TOY = new Plan(64, Map.of(1, 16, 10, 32, 100, 32), Map.of(1, 2, 10, 2, 100, 2), 32, 2, 32, 8);
    static final int CHOSEN_AT = 10;
    static final int CHOSEN_SEED = 1;
    /** Share of the training films that is held out for validation, whole groups or patients at a time. */
    static final double HELD_OUT = 0.15;
    /** One cut into training and validation for all runs. */
    static final long HELD_OUT_SEED = 20;
    static final List<Integer> SHARES = List.of(1, 10, 100);

    /** All runs, most urgent first: what others wait for comes early. */
    List<Run> runs() {
        List<Run> out = new ArrayList<>();
        out.add(Run.pretraining(pretraining));
        for (Arm arm : Arm.values()) {
            for (Candidate candidate : Candidate.ALL) {
                out.add(new Run(Task.COVIDX, arm, CHOSEN_AT / 100.0, CHOSEN_SEED, candidate.id(), covidx.get(CHOSEN_AT)));
            }
        }
        for (Arm arm : Arm.values()) {
            for (int share : SHARES) {
                for (int seed = 1; seed <= seeds.get(share); seed++) {
                    if (share != CHOSEN_AT || seed != CHOSEN_SEED) {
                        out.add(new Run(Task.COVIDX, arm, share / 100.0, seed, null, covidx.get(share)));
                    }
                }
            }
            for (int seed = 1; seed <= cxr14Seeds; seed++) {
                out.add(new Run(Task.CXR14, arm, 1, seed, null, cxr14));
            }
        }
        for (Arm arm : Arm.values()) {
            for (int share : SHARES) {
                out.add(new Run(Task.BLANKED, arm, share / 100.0, CHOSEN_SEED, null, covidx.get(share)));
            }
        }
        return out;
    }

    /** The runs whose validation decides the arm's learning rate and layer decay. */
    List<Run> candidates(Arm arm) {
        return runs().stream().filter(run -> run.arm() == arm && run.candidate() != null).toList();
    }

    /** Runs that must have ended before this one. */
    List<Run> needs(Run run) {
        List<Run> out = new ArrayList<>();
        if (run.arm() == Arm.PRETRAINED) {
            out.add(Run.pretraining(pretraining));
        }
        if (run.needsChoice()) {
            out.addAll(candidates(run.arm()));
        }
        return out;
    }

    /** Passes of all runs by kind, in the order of the plan. */
    Map<String, Integer> passes() {
        return runs().stream().collect(Collectors.groupingBy(
            run -> run.isPretraining() ? "pre-training" : run.task().id() + ", " + run.arm().words() + (run.candidate() == null ? "" : ", candidates"),
            java.util.LinkedHashMap::new, Collectors.summingInt(Run::passes)));
    }
}
