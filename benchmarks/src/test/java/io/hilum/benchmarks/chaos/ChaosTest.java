package io.hilum.benchmarks.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.benchmarks.chaos.check.Checker;
import io.hilum.benchmarks.chaos.check.Verdict;
import io.hilum.benchmarks.chaos.check.Violation;
import io.hilum.benchmarks.chaos.harness.ChaosRun;
import io.hilum.benchmarks.chaos.harness.Fault;
import io.hilum.benchmarks.chaos.harness.RunOptions;
import io.hilum.benchmarks.chaos.harness.RunReport;
import io.hilum.benchmarks.chaos.instance.Guarantee;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./hilum bench chaos} in short, and proof that its check notices what it is there for. */
class ChaosTest {

    private static final int IMAGES = 600;
    private static final int SWAPS = 10;

    @TempDir
    Path folder;

    @Test
    void losesRepeatsAndReordersNothingWhateverBreaks() throws Exception {
        int kinds = Fault.values().length;
        RunReport report = run(new RunOptions(folder, 11, IMAGES, 20, kinds, 1, EnumSet.allOf(Fault.class), 3, 2, 4, Guarantee.KEPT,
                Duration.ofSeconds(3), SWAPS, Duration.ofSeconds(1), Duration.ofSeconds(90), Optional.empty()));
        assertEquals(kinds, report.faults());
        assertEquals(kinds, report.byKind().size());
        assertEquals(0, report.unrecovered());
        assertEquals(SWAPS, report.swaps());
        assertEquals(0, report.unservedSwaps());
        Verdict verdict = Checker.check(folder, true);
        assertTrue(verdict.holds(), () -> verdict.sentences().toString());
        assertTrue(verdict.images() >= IMAGES);
    }

    @Test
    void wouldNoticeThatTheDrainIsOff() throws Exception {
        run(broken(Guarantee.WITHOUT_DRAIN, 1, Set.of(Fault.KILL)));
        Verdict verdict = Checker.check(folder, true);
        assertTrue(verdict.count(Violation.LOST) > 0);
        assertFalse(verdict.holds());
    }

    @Test
    void wouldNoticeThatExactlyOnceIsOff() throws Exception {
        run(broken(Guarantee.WITHOUT_EXACTLY_ONCE, 2, Set.of(Fault.FREEZE)));
        Verdict verdict = Checker.check(folder, true);
        assertTrue(verdict.count(Violation.DUPLICATED) > 0);
        assertFalse(verdict.holds());
    }

    /** Fast enough that some images are under way at every moment. */
    private RunOptions broken(Guarantee guarantee, int instances, Set<Fault> kinds) {
        return new RunOptions(folder, 12, IMAGES, 150, 4, 4, kinds, 1, instances, 4, guarantee, Duration.ofSeconds(3), 0,
                Duration.ofSeconds(1), Duration.ofSeconds(15), Optional.empty());
    }

    private static RunReport run(RunOptions options) throws IOException, InterruptedException {
        return new ChaosRun(options, System.out::println).run();
    }
}
