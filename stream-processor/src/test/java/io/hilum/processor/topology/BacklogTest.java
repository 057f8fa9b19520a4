package io.hilum.processor.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hilum.contracts.event.FindingsStatus;
import io.hilum.contracts.event.ImageReceived;
import io.hilum.processor.FakeScorer;
import io.hilum.processor.TestImages;
import io.hilum.processor.TestOptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A study and its images that still wait on the topic. */
class BacklogTest {

    @TempDir
    Path stateDir;

    private long workedOffUntil = Long.MIN_VALUE;

    @Test
    void aStudyIsNotFinalBeforeItsImagesThatStillWait() {
        HarnessClock clock = new HarnessClock();
        try (TopologyHarness stream = start(clock)) {
            long start = TopologyHarness.START.toEpochMilli();
            send(stream, 0);
            stream.pass(Duration.ofHours(5));
            assertEquals(1, stream.findings().size(), "nothing is known of what waits");
            workedOffUntil = start + 29_000;
            stream.pass(Duration.ofSeconds(1));
            assertEquals(List.of(), stream.findings(), "an image that came in its idle time may still wait");
            send(stream, 1);
            assertEquals(FindingsStatus.PRELIMINARY, stream.findings().get(0).getStatus());
            workedOffUntil = Long.MAX_VALUE;
            stream.pass(Duration.ofSeconds(31));
            assertEquals(List.of(FindingsStatus.FINAL), stream.findings().stream().map(each -> each.getStatus()).toList());
        }
    }

    @Test
    void anImageThatMayStillWaitCountsFromTheLastOneNotFromTheFirst() {
        HarnessClock clock = new HarnessClock();
        try (TopologyHarness stream = start(clock)) {
            long start = TopologyHarness.START.toEpochMilli();
            send(stream, 0);
            stream.pass(Duration.ofSeconds(20));
            send(stream, 1);
            assertEquals(2, stream.findings().size());
            stream.pass(Duration.ofMinutes(1));
            workedOffUntil = start + 40_000;
            stream.pass(Duration.ofSeconds(1));
            stream.pass(Duration.ofSeconds(1));
            assertEquals(List.of(), stream.findings(), "30 s after the first image, and not after the second");
            workedOffUntil = start + 50_000;
            stream.pass(Duration.ofSeconds(1));
            assertEquals(List.of(FindingsStatus.FINAL), stream.findings().stream().map(each -> each.getStatus()).toList());
        }
    }

    private TopologyHarness start(HarnessClock clock) {
        return new TopologyHarness(TriageTopology.of(
                (image, urgent) -> CompletableFuture.completedFuture(FakeScorer.scoresOf(image)),
                TestOptions.topology(8, Duration.ofSeconds(1), Duration.ofSeconds(30), 3),
                new SimpleMeterRegistry(), clock, (partition, now) -> Math.min(now, workedOffUntil)), stateDir, clock);
    }

    private static void send(TopologyHarness stream, int number) {
        ImageReceived image = TestImages.image(1, number).build();
        stream.images.pipeInput(image.getStudyUid(), image);
    }
}
