package io.hilum.processor.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.contracts.event.ImageReceived;
import io.hilum.processor.FakeScorer;
import io.hilum.processor.TestImages;
import io.hilum.processor.TestOptions;
import io.hilum.processor.event.MicroClock;
import io.hilum.processor.score.Scorer;
import io.hilum.processor.score.Scores;
import io.hilum.processor.score.ScoringBrokenException;
import io.hilum.processor.stream.StreamsProperties;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a commit guarantees: nothing is committed that has not left. The driver commits after each record. */
class DrainTest {

    private static final Scorer SLOW = (image, urgent) -> CompletableFuture.supplyAsync(
            () -> FakeScorer.scoresOf(image), CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS));

    @TempDir
    Path stateDir;

    @Test
    void offsetsAreNotCollectedBeforePendingImagesHaveLeft() {
        try (TopologyHarness stream = new TopologyHarness(topology(SLOW), stateDir)) {
            send(stream);
            assertEquals(1, stream.findings().size());
        }
    }

    @Test
    void withoutTheDrainThisTestWouldNotice() {
        Topology undrained = BrokenTopologies.undrained(SLOW, TestOptions.topology());
        try (TopologyHarness stream = new TopologyHarness(undrained, stateDir)) {
            send(stream);
            assertEquals(0, stream.findings().size(), "offsets were committed, the image had not left");
        }
    }

    @Test
    void theStateIsInItsChangelogBeforeOffsetsAreCollected() {
        try (TopologyHarness stream = new TopologyHarness(topology(SLOW), withCache())) {
            send(stream);
            assertFalse(isChangelogEmpty(stream));
        }
    }

    @Test
    void withACacheBehindTheDrainThisTestWouldNotice() {
        Topology cached = BrokenTopologies.cached(SLOW, TestOptions.topology());
        try (TopologyHarness stream = new TopologyHarness(cached, withCache())) {
            send(stream);
            assertTrue(isChangelogEmpty(stream), "the revision left, offsets were committed, its state is only in memory");
        }
    }

    @Test
    void aFailedDrainForwardsNothing() {
        CompletableFuture<Scores> never = new CompletableFuture<>();
        Scorer stuckOnSecond = (image, urgent) -> image.getSopInstanceUid().endsWith(".1") ? never
                : CompletableFuture.completedFuture(FakeScorer.scoresOf(image));
        Topology topology = TriageTopology.of(stuckOnSecond,
                TestOptions.topology(8, Duration.ofMillis(50), Duration.ofSeconds(30), 3), new SimpleMeterRegistry(), MicroClock.SYSTEM);
        TopologyHarness stream = new TopologyHarness(topology, stateDir);
        ImageReceived stuck = TestImages.image(1, 1).build();
        RuntimeException failed = assertThrows(RuntimeException.class, () -> stream.images.pipeInput(stuck.getStudyUid(), stuck));
        assertTrue(failed.getMessage().startsWith("Inference did not finish 1 pending images: no image came back for 50 ms."), failed.getMessage());
        assertEquals(0, stream.findings().size());
        assertThrows(RuntimeException.class, stream::close);
        assertTrue(never.isCancelled(), "a closed task takes its work from the engine");
    }

    @Test
    void anEngineThatStopsIsNotTakenForABadImage() {
        CompletableFuture<Scores> cancelled = new CompletableFuture<>();
        cancelled.cancel(false);
        try (TopologyHarness stream = new TopologyHarness(topology((image, urgent) -> cancelled), stateDir)) {
            assertThrows(RuntimeException.class, () -> send(stream));
            assertEquals(0, stream.findings().size());
            assertEquals(0, stream.deadLetters().size());
        }
    }

    @Test
    void aBrokenEngineDoesNotSendTheStreamToTheDeadLetters() {
        Scorer broken = (image, urgent) -> CompletableFuture.failedFuture(new ScoringBrokenException("device lost", null));
        try (TopologyHarness stream = new TopologyHarness(topology(broken), stateDir)) {
            Throwable failed = assertThrows(RuntimeException.class, () -> send(stream)).getCause();
            assertTrue(failed.getMessage().contains("device lost"), failed.getMessage());
            assertEquals(0, stream.findings().size());
            assertEquals(0, stream.deadLetters().size());
        }
    }

    private static Topology topology(Scorer scorer) {
        return TriageTopology.of(scorer, TestOptions.topology(), new SimpleMeterRegistry(), MicroClock.SYSTEM);
    }

    private static void send(TopologyHarness stream) {
        ImageReceived image = TestImages.image(1, 0).build();
        stream.images.pipeInput(image.getStudyUid(), image);
    }

    private static boolean isChangelogEmpty(TopologyHarness stream) {
        return stream.driver.createOutputTopic("hilum-scoring-studies-changelog", new StringDeserializer(),
                new ByteArrayDeserializer()).isEmpty();
    }

    /** In service the cache has no memory either: a second belt, taken off here. */
    private Properties withCache() {
        Properties properties = StreamsProperties.of(TestOptions.streams("unused:1", stateDir));
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 1 << 20);
        return properties;
    }
}
