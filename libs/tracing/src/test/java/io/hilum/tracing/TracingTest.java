package io.hilum.tracing;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.hilum.contracts.trace.TraceContext;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TracingTest {

    private static final String ENDPOINT = "otel.exporter.otlp.endpoint";

    @Test
    void recordsNothingWhereNoCollectorIsNamed() {
        assertTrue(start(Map.of()).tracer().isEmpty());
        assertTrue(start(Map.of(ENDPOINT, " ")).tracer().isEmpty());
        assertTrue(start(Map.of(ENDPOINT, "http://127.0.0.1:1", "otel.sdk.disabled", "true")).tracer().isEmpty());
        assertTrue(start(Map.of(ENDPOINT, "http://127.0.0.1:1", "otel.traces.exporter", "none")).tracer().isEmpty());
    }

    @Test
    void findsTheCollectorInWhateverTheServiceIsConfiguredBy() {
        Map<String, String> all = Map.of(ENDPOINT, "http://127.0.0.1:1", "otel.bsp.schedule.delay", "50", "kafka.x", "y");
        TracingOptions options = TracingOptions.read("s", false, List.of("otel.bsp.schedule.delay", "kafka.x"),
                name -> Optional.ofNullable(all.get(name)));
        assertEquals(Map.of(ENDPOINT, "http://127.0.0.1:1", "otel.bsp.schedule.delay", "50"), options.properties());
        assertTrue(options.isOn());
    }

    @Test
    void aWrongOptionStopsTheStartWithASentence() {
        for (Map<String, String> wrong : List.of(
                Map.of(ENDPOINT, "not a url"),
                Map.of(ENDPOINT, "http://127.0.0.1:1", "otel.traces.sampler", "sometimes"),
                Map.of(ENDPOINT, "http://127.0.0.1:1", "otel.exporter.otlp.protocol", "grpc"))) {
            String sentence = assertThrows(IllegalArgumentException.class, () -> start(wrong)).getMessage();
            assertTrue(sentence.startsWith("Tracing cannot be started: ") && sentence.contains("OTEL_"), sentence);
        }
    }

    @Test
    void reachesACollectorOverHttp() throws IOException {
        List<byte[]> bodies = new CopyOnWriteArrayList<>();
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", request -> {
            bodies.add(request.getRequestBody().readAllBytes());
            request.sendResponseHeaders(200, -1);
            request.close();
        });
        collector.start();
        try (Tracing tracing = start(Map.of(ENDPOINT, "http://127.0.0.1:" + collector.getAddress().getPort(),
                "otel.bsp.schedule.delay", "20"))) {
            Spans.root(tracing.tracer().orElseThrow(), "receive", SpanKind.SERVER, 1_000).startSpan().end();
            await().atMost(Duration.ofSeconds(20)).until(() -> !bodies.isEmpty());
        } finally {
            collector.stop(0);
        }
        String sent = new String(bodies.get(0), StandardCharsets.ISO_8859_1);
        assertTrue(sent.contains("receive") && sent.contains("the-service"), sent);
    }

    @Test
    void aCollectorThatRefusesCostsTheStreamNoTime() throws IOException {
        int closed;
        try (ServerSocket port = new ServerSocket(0)) {
            closed = port.getLocalPort();
        }
        assertTimeout(Duration.ofSeconds(20), () -> recordAndClose(closed));
    }

    @Test
    void aCollectorThatNeverAnswersCostsTheStreamNoTime() throws IOException {
        try (ServerSocket silent = new ServerSocket(0)) {
            assertTimeout(Duration.ofSeconds(20), () -> recordAndClose(silent.getLocalPort()));
        }
    }

    /** Far more spans than the queue holds. */
    private static void recordAndClose(int port) {
        try (Tracing tracing = start(Map.of(ENDPOINT, "http://127.0.0.1:" + port, "otel.bsp.schedule.delay", "10"))) {
            Tracer tracer = tracing.tracer().orElseThrow();
            for (int i = 0; i < 20_000; i++) {
                Spans.root(tracer, "receive", SpanKind.SERVER, i).startSpan().end();
            }
        }
    }

    @Test
    void keepsParentTimesAndStateOnTheWayThroughASpan() {
        InMemorySpanExporter spans = InMemorySpanExporter.create();
        try (Tracing tracing = recording(spans, false)) {
            TraceContext parent = TraceContext.parse("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "a=1").orElseThrow();
            Span span = Spans.messaging(tracing.tracer().orElseThrow(), Optional.of(parent), "process", SpanKind.CONSUMER,
                    "hilum.images", 1_700_000_000_000_123L).startSpan();
            Spans.part(tracing.tracer().orElseThrow(), span, "compute", 1_700_000_000_000_200L, 1_700_000_000_000_300L);
            TraceContext next = Spans.contextOf(span);
            assertEquals(parent.traceId(), next.traceId());
            assertEquals("a=1", next.state());
            span.end(1_700_000_000_000_400L, TimeUnit.MICROSECONDS);

            List<SpanData> ended = spans.getFinishedSpanItems();
            assertEquals(List.of("compute", "process hilum.images"), ended.stream().map(SpanData::getName).toList());
            assertEquals(parent.spanId(), ended.get(1).getParentSpanId());
            assertEquals(next.spanId(), ended.get(0).getParentSpanId());
            assertEquals(1_700_000_000_000_123_000L, ended.get(1).getStartEpochNanos());
            assertEquals(1_700_000_000_000_400_000L, ended.get(1).getEndEpochNanos());
        }
    }

    @Test
    void recordsNoTraceThatWasNotSampledAtTheDoor() {
        InMemorySpanExporter spans = InMemorySpanExporter.create();
        try (Tracing tracing = recording(spans, false)) {
            TraceContext unsampled = new TraceContext("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", 0, "");
            Span span = Spans.child(tracing.tracer().orElseThrow(), Optional.of(unsampled), "x", SpanKind.INTERNAL, 1).startSpan();
            assertEquals(unsampled.traceId(), Spans.contextOf(span).traceId(), "the trace goes on all the same");
            span.end();
            assertEquals(List.of(), spans.getFinishedSpanItems());
        }
    }

    @Test
    void tellsNoUidUnlessAsked() {
        assertNull(identified(false).getAttributes().get(SpanKeys.IMAGE_UID));
        assertEquals("1.2.3", identified(true).getAttributes().get(SpanKeys.IMAGE_UID));
        // printf %s 1.2.3 | sha256sum | cut -c1-16
        assertEquals("c47f5b18b8a430e6", identified(false).getAttributes().get(SpanKeys.IMAGE_DIGEST));
    }

    private static SpanData identified(boolean uids) {
        InMemorySpanExporter spans = InMemorySpanExporter.create();
        try (Tracing tracing = recording(spans, uids)) {
            tracing.identify(Spans.root(tracing.tracer().orElseThrow(), "x", SpanKind.INTERNAL, 1), "1.2", "1.2.3").startSpan().end();
            return spans.getFinishedSpanItems().get(0);
        }
    }

    private static Tracing recording(InMemorySpanExporter spans, boolean uids) {
        return Tracing.recording(SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(spans)).build(), uids);
    }

    private static Tracing start(Map<String, String> properties) {
        return Tracing.start(new TracingOptions("the-service", false, properties));
    }
}
