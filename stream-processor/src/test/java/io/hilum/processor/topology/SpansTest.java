package io.hilum.processor.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.contracts.event.ImageReceived;
import io.hilum.contracts.trace.TraceContext;
import io.hilum.contracts.trace.TraceHeaders;
import io.hilum.processor.FakeScorer;
import io.hilum.processor.TestImages;
import io.hilum.processor.TestOptions;
import io.hilum.processor.score.Scorer;
import io.hilum.processor.study.Backlog;
import io.hilum.processor.trace.SpanTracer;
import io.hilum.tracing.SpanKeys;
import io.hilum.tracing.Tracing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The spans of a stream that records them. */
class SpansTest {

    private static final Scorer SCORER = (image, urgent) -> image.getObjectUri().contains("broken")
            ? CompletableFuture.failedFuture(new IllegalArgumentException("the engine did not like it."))
            : CompletableFuture.completedFuture(FakeScorer.scoresOf(image));

    @TempDir
    Path stateDir;

    private final InMemorySpanExporter spans = InMemorySpanExporter.create();

    @Test
    void tellsTheWayOfAnImageFromTheDoorsSpanToItsRevision() {
        try (TopologyHarness stream = start(SimpleSpanProcessor.create(spans))) {
            TraceContext door = TraceContext.random();
            send(stream, TestImages.image(1, 0), door);
            TraceContext finding = TraceHeaders.read(stream.findingRecords().get(0).headers()).orElseThrow();

            SpanData process = span("process hilum.images");
            assertEquals(door.traceId(), process.getTraceId());
            assertEquals(door.spanId(), process.getParentSpanId());
            assertEquals(List.of("fake@1"), process.getAttributes().get(SpanKeys.MODELS));
            assertEquals(0, process.getAttributes().get(SpanKeys.OFFSET));
            assertEquals("test", process.getAttributes().get(SpanKeys.SITE));
            SpanData send = span("send hilum.findings");
            assertEquals(process.getSpanId(), send.getParentSpanId());
            assertEquals(new TraceContext(door.traceId(), send.getSpanId(), 1, ""), finding, "what a subscriber continues");
            long end = Long.MAX_VALUE;
            for (String part : List.of("output", "compute", "queue", "prepare")) {
                SpanData each = span(part);
                assertEquals(process.getSpanId(), each.getParentSpanId());
                assertTrue(each.getEndEpochNanos() <= Math.min(end, process.getEndEpochNanos()), part);
                end = each.getStartEpochNanos();
            }
            assertEquals(3_000, span("compute").getEndEpochNanos() - span("compute").getStartEpochNanos());
        }
    }

    @Test
    void tellsNoUidAndNoPatientUnlessAsked() {
        try (TopologyHarness stream = start(SimpleSpanProcessor.create(spans))) {
            ImageReceived.Builder image = TestImages.image(1, 0);
            send(stream, image, TraceContext.random());
            stream.pass(Duration.ofSeconds(31));
            String told = spans.getFinishedSpanItems().toString();
            assertTrue(told.contains("FINAL"), told);
            assertFalse(told.contains(image.getStudyUid()) || told.contains(image.getPatientKey()), told);
        }
    }

    @Test
    void aRevisionMadeByTimeBeginsATraceThatLeadsToThoseOfItsImages() {
        try (TopologyHarness stream = start(SimpleSpanProcessor.create(spans))) {
            List<TraceContext> doors = List.of(TraceContext.random(), TraceContext.random());
            send(stream, TestImages.image(1, 0), doors.get(0));
            send(stream, TestImages.image(1, 1), doors.get(1));
            stream.findings();
            spans.reset();
            stream.pass(Duration.ofSeconds(31));
            SpanData last = span("send hilum.findings");
            assertFalse(last.getParentSpanContext().isValid());
            assertEquals(doors.stream().map(TraceContext::traceId).toList(),
                    last.getLinks().stream().map(LinkData::getSpanContext).map(link -> link.getTraceId()).toList());
            doors.forEach(door -> assertNotEquals(door.traceId(), last.getTraceId()));
            assertEquals(last.getTraceId(), TraceHeaders.read(stream.findingRecords().get(0).headers()).orElseThrow().traceId());
        }
    }

    @Test
    void aFailureDoesNotLookLikeASuccess() {
        try (TopologyHarness stream = start(SimpleSpanProcessor.create(spans))) {
            TraceContext door = TraceContext.random();
            send(stream, TestImages.image(1, 0).setObjectUri("broken"), door);
            SpanData process = span("process hilum.images");
            assertEquals(StatusCode.ERROR, process.getStatus().getStatusCode());
            assertEquals("inference-failed", process.getAttributes().get(SpanKeys.ERROR));
            assertEquals(new TraceContext(door.traceId(), process.getSpanId(), 1, ""),
                    TraceHeaders.read(stream.deadLetterRecords().get(0).headers()).orElseThrow());
        }
    }

    @Test
    void anImageWithoutATraceBeginsOne() {
        try (TopologyHarness stream = start(SimpleSpanProcessor.create(spans))) {
            ImageReceived image = TestImages.image(1, 0).build();
            stream.images.pipeInput(image.getStudyUid(), image);
            assertEquals(span("process hilum.images").getTraceId(),
                    TraceHeaders.read(stream.findingRecords().get(0).headers()).orElseThrow().traceId());
        }
    }

    @Test
    void aFaultInTheTracingCostsNoImage() {
        try (TopologyHarness stream = start(new Faulty())) {
            TraceContext door = TraceContext.random();
            send(stream, TestImages.image(1, 0), door);
            assertEquals(Optional.of(door), TraceHeaders.read(stream.findingRecords().get(0).headers()));
        }
    }

    private TopologyHarness start(SpanProcessor processor) {
        Tracing tracing = Tracing.recording(SdkTracerProvider.builder().addSpanProcessor(processor).build(), false);
        HarnessClock clock = new HarnessClock();
        return new TopologyHarness(TriageTopology.of(SCORER, TestOptions.topology(), new SimpleMeterRegistry(), clock,
                Backlog.NONE, SpanTracer.of(tracing, "hilum-scoring", clock)), stateDir, clock);
    }

    private static void send(TopologyHarness stream, ImageReceived.Builder image, TraceContext trace) {
        stream.images.pipeInput(new TestRecord<>(image.getStudyUid(), image.build(), TraceHeaders.of(Optional.of(trace))));
    }

    private SpanData span(String name) {
        List<SpanData> named = spans.getFinishedSpanItems().stream().filter(span -> span.getName().equals(name)).toList();
        assertEquals(1, named.size(), () -> name + " among " + spans.getFinishedSpanItems());
        return named.get(0);
    }

    /** Throws whatever it is told. */
    private static final class Faulty implements SpanProcessor {

        @Override
        public void onStart(Context parent, ReadWriteSpan span) {
            throw new IllegalStateException("a fault in the tracing");
        }

        @Override
        public boolean isStartRequired() {
            return true;
        }

        @Override
        public void onEnd(ReadableSpan span) {
            throw new IllegalStateException("a fault in the tracing");
        }

        @Override
        public boolean isEndRequired() {
            return true;
        }
    }
}
