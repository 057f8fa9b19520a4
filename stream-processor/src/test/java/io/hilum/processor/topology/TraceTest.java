package io.hilum.processor.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.google.protobuf.Message;
import io.hilum.contracts.event.ImageReceived;
import io.hilum.contracts.event.StudyWithdrawn;
import io.hilum.contracts.trace.TraceContext;
import io.hilum.contracts.trace.TraceHeaders;
import io.hilum.processor.FakeScorer;
import io.hilum.processor.TestImages;
import io.hilum.processor.TestOptions;
import io.hilum.processor.score.Scorer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Record headers of a stream that records no spans: whoever traces behind it joins the trace of the door. */
class TraceTest {

    /** Not done before the commit: all that leaves, leaves from the drain. */
    private static final Scorer SLOW = (image, urgent) -> image.getObjectUri().contains("broken")
            ? CompletableFuture.failedFuture(new IllegalArgumentException("the engine did not like it."))
            : CompletableFuture.supplyAsync(() -> FakeScorer.scoresOf(image),
                    CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS));

    @TempDir
    Path stateDir;

    private TopologyHarness stream;

    @BeforeEach
    void start() {
        HarnessClock clock = new HarnessClock();
        stream = new TopologyHarness(TriageTopology.of(SLOW, TestOptions.topology(8, Duration.ofSeconds(5), Duration.ofSeconds(30), 3),
                new SimpleMeterRegistry(), clock), stateDir, clock);
    }

    @AfterEach
    void stop() {
        stream.close();
    }

    @Test
    void noImageOfAStudyTakesAnothersTrace() {
        List<Optional<TraceContext>> sent = List.of(trace(), trace(), trace());
        for (int i = 0; i < 3; i++) {
            send(TestImages.image(1, i), sent.get(i));
        }
        assertEquals(sent, tracesOf(stream.findingRecords()));
        assertNotEquals(sent.get(0), sent.get(1));
    }

    @Test
    void deadLettersDoNotLoseTheTrace() {
        List<Optional<TraceContext>> sent = List.of(trace(), trace(), trace(), trace());
        send(TestImages.image(1, 0).setObjectUri("broken"), sent.get(0));
        stream.anything.pipeInput(new TestRecord<>("key", new byte[] {1}, TraceHeaders.of(sent.get(1))));
        for (int i = 1; i < 3; i++) {
            send(TestImages.image(1, i), trace());
        }
        send(TestImages.image(1, 3), sent.get(2));
        stream.images.pipeInput(new TestRecord<>(TestImages.study(2), TestImages.image(1, 4).build(), TraceHeaders.of(sent.get(3))));
        assertEquals(sent, tracesOf(stream.deadLetterRecords()), "not scored, unreadable, too many, misplaced");
        assertEquals(sent.get(0), tracesOf(stream.findingRecords()).get(0), "NOT_SCORED stands in the findings, too");
    }

    @Test
    void aWithdrawalDoesNotLoseItsTrace() {
        Optional<TraceContext> trace = trace();
        stream.images.pipeInput(new TestRecord<>(TestImages.study(1),
                StudyWithdrawn.newBuilder().setStudyUid(TestImages.study(1)).build(), TraceHeaders.of(trace)));
        assertEquals(List.of(trace), tracesOf(stream.findingRecords()));
    }

    @Test
    void nonsenseInTheHeadersHarmsNoImage() {
        for (String nonsense : List.of("", "00-xyz", "\u0000\uffff".repeat(500))) {
            stream.images.pipeInput(new TestRecord<>(TestImages.study(1), TestImages.image(1, 0).setObjectSha256(
                    TestImages.sha256(nonsense)).build(), new RecordHeaders()
                    .add(TraceHeaders.PARENT, nonsense.getBytes(StandardCharsets.UTF_8)).add(TraceHeaders.STATE, null)));
        }
        stream.images.pipeInput(new TestRecord<>(TestImages.study(2), TestImages.image(2, 0).build(),
                new RecordHeaders().add(TraceHeaders.PARENT, null)));
        List<TestRecord<String, Message>> findings = stream.findingRecords();
        assertEquals(4, findings.size());
        assertEquals(0, stream.deadLetters().size());
        findings.forEach(record -> assertEquals(null, record.headers().lastHeader(TraceHeaders.PARENT)));
    }

    @Test
    void aRevisionMadeByTimeBelongsToNoImagesTrace() {
        send(TestImages.image(1, 0), trace());
        stream.findings();
        stream.pass(Duration.ofSeconds(31));
        assertEquals(List.of(Optional.empty()), tracesOf(stream.findingRecords()));
    }

    private void send(ImageReceived.Builder image, Optional<TraceContext> trace) {
        stream.images.pipeInput(new TestRecord<>(image.getStudyUid(), image.build(), TraceHeaders.of(trace)));
    }

    private static Optional<TraceContext> trace() {
        TraceContext drawn = TraceContext.random();
        return Optional.of(new TraceContext(drawn.traceId(), drawn.spanId(), drawn.flags(), "vendor=1"));
    }

    private static List<Optional<TraceContext>> tracesOf(List<TestRecord<String, Message>> records) {
        return records.stream().map(record -> TraceHeaders.read(record.headers())).toList();
    }
}
