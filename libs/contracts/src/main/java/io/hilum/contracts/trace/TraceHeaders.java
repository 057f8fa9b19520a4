package io.hilum.contracts.trace;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * The two record headers of a trace, under the names of W3C Trace Context, so that every tracing library finds them.
 *
 * <p>They stand on {@code hilum.images}, {@code hilum.images-stat}, {@code hilum.studies}, {@code hilum.findings} and
 * {@code hilum.dead-letters}, whether or not anybody records spans. A record may lack them, or hold nonsense in them:
 * it is a record like any other.
 */
public final class TraceHeaders {

    public static final String PARENT = "traceparent";
    public static final String STATE = "tracestate";

    private TraceHeaders() {}

    /** The trace of a record; empty where its headers name none, or none that is one. Never throws. */
    public static Optional<TraceContext> read(Headers headers) {
        return headers == null ? Optional.empty() : TraceContext.parse(text(headers, PARENT), text(headers, STATE));
    }

    /** Takes the place of the trace that was there. */
    public static void write(Headers headers, TraceContext trace) {
        headers.remove(PARENT).remove(STATE);
        headers.add(PARENT, trace.traceparent().getBytes(StandardCharsets.US_ASCII));
        if (!trace.state().isEmpty()) {
            headers.add(STATE, trace.state().getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** New headers of a record that goes on in this trace; without any where there is none. */
    public static Headers of(Optional<TraceContext> trace) {
        Headers headers = new RecordHeaders();
        trace.ifPresent(present -> write(headers, present));
        return headers;
    }

    private static String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.ISO_8859_1);
    }
}
