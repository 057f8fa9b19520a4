package io.hilum.trainer.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PlanTest {
    @Test
    void noArmIsFavouredByPassesOrSeeds() {
        for (Task task : Task.values()) {
            assertEquals(described(task, Arm.SCRATCH), described(task, Arm.PRETRAINED));
        }
        assertEquals(Plan.FULL.runs().size(), Plan.FULL.runs().stream().map(Run::id).distinct().count(), "two runs share a folder");
    }

    @Test
    void thePublishedPassesAreThose() {
        assertEquals(86_000, Plan.FULL.runs().get(0).passes());
        assertEquals(List.of(2_000, 2_000, 2_000, 2_000, 2_000), passes(Task.COVIDX, 0.01));
        assertEquals(List.of(16_000, 16_000, 16_000), passes(Task.COVIDX, 1));
        assertEquals(List.of(9_000, 9_000, 9_000), passes(Task.CXR14, 1));
        // Three candidates with the first seed, one of which stands for it, and two more seeds.
        assertEquals(List.of(6_000, 6_000, 6_000, 6_000, 6_000), passes(Task.COVIDX, 0.1));
        assertTrue(Plan.FULL.runs().stream().filter(Run::needsChoice).allMatch(run -> Plan.FULL.needs(run).containsAll(Plan.FULL.candidates(run.arm()))));
    }

    private static List<Integer> passes(Task task, double share) {
        return Plan.FULL.runs().stream().filter(r -> r.task() == task && r.arm() == Arm.SCRATCH && r.share() == share).map(Run::passes).toList();
    }

    private static List<String> described(Task task, Arm arm) {
        return Plan.FULL.runs().stream().filter(r -> r.task() == task && r.arm() == arm)
            .map(r -> r.id().replace(arm.id(), "arm") + " " + r.passes()).collect(Collectors.toList());
    }
}
