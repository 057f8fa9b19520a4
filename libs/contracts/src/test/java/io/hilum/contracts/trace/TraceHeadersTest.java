package io.hilum.contracts.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class TraceHeadersTest {

    /** The example of the recommendation. */
    private static final String EXAMPLE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void readsWhatTheRecommendationWrites() {
        TraceContext trace = TraceHeaders.read(headers(EXAMPLE, "congo=t61rcWkgMzE,rojo=00f067aa0ba902b7")).orElseThrow();
        assertEquals("4bf92f3577b34da6a3ce929d0e0e4736", trace.traceId());
        assertEquals("00f067aa0ba902b7", trace.spanId());
        assertTrue(trace.isSampled());
        assertEquals("congo=t61rcWkgMzE,rojo=00f067aa0ba902b7", trace.state());
        assertEquals(EXAMPLE, trace.traceparent());
    }

    @Test
    void readsALaterVersionByTheFieldsThatItKnows() {
        assertEquals(EXAMPLE, TraceContext.parse("cc" + EXAMPLE.substring(2) + "-what-the-future-brings", null).orElseThrow().traceparent());
        assertEquals(Optional.empty(), TraceContext.parse("cc" + EXAMPLE.substring(2) + ".what", null));
    }

    @Test
    void takesNoNonsenseForATrace() {
        for (String nonsense : List.of("", "00", EXAMPLE + "-00", EXAMPLE.toUpperCase(), "ff" + EXAMPLE.substring(2),
                EXAMPLE.replace("4bf92f3577b34da6a3ce929d0e0e4736", "0".repeat(32)),
                EXAMPLE.replace("00f067aa0ba902b7", "0".repeat(16)), EXAMPLE.replace('-', '_'),
                EXAMPLE.replace("4bf", "xyz"), EXAMPLE.replace("-01", "-0g"), "\u0660" + EXAMPLE.substring(1))) {
            assertEquals(Optional.empty(), TraceHeaders.read(headers(nonsense, "a=1")), nonsense);
        }
        assertEquals(Optional.empty(), TraceHeaders.read(new RecordHeaders()));
        assertEquals(Optional.empty(), TraceHeaders.read(new RecordHeaders().add(TraceHeaders.PARENT, null)));
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            byte[] noise = new byte[random.nextInt(80)];
            random.nextBytes(noise);
            assertEquals(Optional.empty(), TraceHeaders.read(new RecordHeaders().add(TraceHeaders.PARENT, noise)));
        }
    }

    @Test
    void keepsTheTraceWhenOnlyItsStateIsNonsense() {
        assertEquals("", TraceHeaders.read(headers(EXAMPLE, "a=\u0001")).orElseThrow().state());
        assertEquals("", TraceHeaders.read(headers(EXAMPLE, "a=" + "x".repeat(600))).orElseThrow().state());
    }

    @Test
    void writesOneTraceWhereAnotherWas() {
        Headers headers = headers(EXAMPLE, "a=1");
        TraceContext other = TraceContext.random();
        TraceHeaders.write(headers, other);
        assertEquals(other, TraceHeaders.read(headers).orElseThrow());
        assertEquals(1, headers.toArray().length, "the state of another trace does not stay");
    }

    @Test
    void drawsADifferentTraceEachTime() {
        TraceContext one = TraceContext.random();
        TraceContext other = TraceContext.random();
        assertNotEquals(one.traceId(), other.traceId());
        assertEquals(Optional.of(one), TraceContext.parse(one.traceparent(), null));
    }

    @Test
    void cannotBeMadeOfNonsense() {
        assertThrows(IllegalArgumentException.class, () -> new TraceContext("4bf9", "00f067aa0ba902b7", 1, ""));
        assertFalse(new TraceContext("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", 0, "").isSampled());
    }

    private static Headers headers(String parent, String state) {
        return new RecordHeaders().add(TraceHeaders.PARENT, parent.getBytes(StandardCharsets.UTF_8))
                .add(TraceHeaders.STATE, state.getBytes(StandardCharsets.UTF_8));
    }
}
