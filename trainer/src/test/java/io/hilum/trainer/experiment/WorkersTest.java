package io.hilum.trainer.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WorkersTest {
    private static final Plan PLAN = Plan.TOY;
    private final Set<Run> ended = Collections.synchronizedSet(new HashSet<>());
    private final List<Run> begun = Collections.synchronizedList(new ArrayList<>());

    @Test
    void nothingBeginsBeforeWhatItNeedsHasEnded() throws IOException {
        var atATime = new AtomicInteger();
        var most = new AtomicInteger();
        List<Run> failed = new Workers(3, PLAN, ended::contains, run -> {
            assertTrue(ended.containsAll(PLAN.needs(run)), run.id());
            most.accumulateAndGet(atATime.incrementAndGet(), Math::max);
            pause();
            atATime.decrementAndGet();
            return end(run);
        }).work(PLAN.runs());
        assertEquals(List.of(), failed);
        assertEquals(PLAN.runs().size(), begun.size());
        assertEquals(3, most.get(), "runs at a time");
    }

    /** A failed run must stop neither the others nor itself from being tried again by the same command. */
    @Test
    void aKilledExperimentGoesOnAndRepeatsNothing() throws IOException {
        List<Run> failed = new Workers(2, PLAN, ended::contains, run -> !run.isPretraining() && end(run)).work(PLAN.runs());
        assertTrue(failed.contains(Run.pretraining(PLAN.pretraining())));
        assertTrue(failed.stream().allMatch(run -> run.isPretraining() || run.arm() == Arm.PRETRAINED), failed.toString());
        Set<Run> before = Set.copyOf(ended);
        assertTrue(before.stream().allMatch(run -> run.arm() == Arm.SCRATCH) && !before.isEmpty());
        begun.clear();
        assertEquals(List.of(), new Workers(2, PLAN, ended::contains, this::end).work(PLAN.runs()));
        assertTrue(begun.stream().noneMatch(before::contains), "what had ended was run again");
        assertEquals(PLAN.runs().size(), ended.size());
    }

    @Test
    void aRunThatLeavesNoResultDoesNotCountAsDone() throws IOException {
        Run only = Run.pretraining(16);
        assertEquals(List.of(only), new Workers(1, PLAN, ended::contains, run -> true).work(List.of(only)));
    }

    private boolean end(Run run) {
        begun.add(run);
        ended.add(run);
        return true;
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
