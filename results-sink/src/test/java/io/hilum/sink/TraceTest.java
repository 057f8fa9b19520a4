package io.hilum.sink;

import static io.hilum.contracts.event.Priority.ROUTINE;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.hilum.contracts.trace.TraceContext;
import io.hilum.contracts.trace.TraceHeaders;
import io.hilum.tracing.SpanKeys;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** From the topic to the database, over a real broker. */
@QuarkusTest
@QuarkusTestResource(House.class)
class TraceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void theTraceOfAnImageDoesNotEndBeforeTheDatabase() throws InterruptedException {
        Client.awaitReady();
        TraceContext trace = TraceContext.random();
        try (Topical topical = new Topical()) {
            topical.publish(Samples.findings("1.2.191", 1, ROUTINE, Duration.ofMinutes(1), 0.1, 0.1, 0.1, 0.1, 0.1),
                    TraceHeaders.of(Optional.of(trace)));
        }
        await().atMost(PATIENCE).until(() -> !spansOf(trace).isEmpty());
        SpanData stored = spansOf(trace).get(0);
        assertEquals("process hilum.findings", stored.getName());
        assertEquals(trace.spanId(), stored.getParentSpanId());
        assertEquals("STORED", stored.getAttributes().get(SpanKeys.EFFECT));
        assertFalse(stored.toString().contains("1.2.191"), "no UID in a span");
    }

    @Test
    void nonsenseInTheHeadersKeepsNoFindingFromTheDatabase() throws InterruptedException {
        Client.awaitReady();
        try (Topical topical = new Topical()) {
            topical.publish(Samples.findings("1.2.192", 1, ROUTINE, Duration.ofMinutes(1), 0.1, 0.1, 0.1, 0.1, 0.1),
                    new RecordHeaders().add(TraceHeaders.PARENT, "00-nonsense".getBytes(StandardCharsets.UTF_8))
                            .add(TraceHeaders.STATE, null));
        }
        await().atMost(PATIENCE).until(() -> Client.get("/api/studies/1.2.192").statusCode() == 200);
    }

    private static List<SpanData> spansOf(TraceContext trace) {
        return TestTracing.SPANS.getFinishedSpanItems().stream()
                .filter(span -> span.getTraceId().equals(trace.traceId())).toList();
    }
}
