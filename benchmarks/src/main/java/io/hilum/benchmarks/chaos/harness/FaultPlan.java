package io.hilum.benchmarks.chaos.harness;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Draws which faults come in which order. */
final class FaultPlan {

    private FaultPlan() {}

    /** At least so many of each kind as the options ask for, the rest drawn at random, all shuffled. */
    static List<Fault> draw(RunOptions options, Random random) {
        List<Fault> kinds = options.kinds().stream().sorted().toList();
        List<Fault> plan = new ArrayList<>();
        kinds.forEach(kind -> plan.addAll(Collections.nCopies(options.perKind(), kind)));
        while (plan.size() < options.faults()) {
            plan.add(kinds.get(random.nextInt(kinds.size())));
        }
        Collections.shuffle(plan, random);
        return plan;
    }
}
