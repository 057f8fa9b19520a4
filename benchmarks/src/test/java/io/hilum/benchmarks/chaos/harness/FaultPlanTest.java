package io.hilum.benchmarks.chaos.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.benchmarks.chaos.instance.Guarantee;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FaultPlanTest {

    @Test
    void leavesOutNoKind() {
        List<Fault> plan = FaultPlan.draw(options(100, 10, 3, EnumSet.allOf(Fault.class)), new Random(5));
        assertEquals(100, plan.size());
        for (Fault kind : Fault.values()) {
            assertTrue(Collections.frequency(plan, kind) >= 10, kind + " in " + plan);
        }
    }

    @Test
    void drawsTheSameFromTheSameSeedAndAnotherFromAnother() {
        RunOptions options = options(40, 2, 3, EnumSet.allOf(Fault.class));
        assertEquals(FaultPlan.draw(options, new Random(5)), FaultPlan.draw(options, new Random(5)));
        assertNotEquals(FaultPlan.draw(options, new Random(5)), FaultPlan.draw(options, new Random(6)));
    }

    @Test
    void killsNoBrokerThatIsAlone() {
        assertThrows(IllegalArgumentException.class, () -> options(10, 1, 1, EnumSet.allOf(Fault.class)));
    }

    private static RunOptions options(int faults, int perKind, int brokers, Set<Fault> kinds) {
        return new RunOptions(Path.of("unused"), 1, 100, 10, faults, perKind, kinds, brokers, 2, 4, Guarantee.KEPT,
                Duration.ofSeconds(5), 0, Duration.ofSeconds(10), Duration.ofSeconds(30), Optional.empty());
    }
}
