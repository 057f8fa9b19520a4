package io.hilum.ingest.trace;

import io.hilum.contracts.topic.Topic;
import io.hilum.contracts.trace.TraceContext;
import io.hilum.ingest.door.Way;
import io.hilum.ingest.journal.ReceivedEntry;
import io.hilum.tracing.SpanKeys;
import io.hilum.tracing.Spans;
import io.hilum.tracing.Tracing;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Begins an image's one trace and follows it to its topic: {@code receive} at the door, {@code render}, {@code send} to a
 * topic. Where no spans are recorded the trace begins all the same, so that whoever records behind this service joins it.
 *
 * <p>What a sender says of traces of its own (an HTTP request's {@code traceparent}) is not continued: a request may hold a
 * whole study, and each image has a trace of its own.
 *
 * <p>Threading: free to share. Nothing here throws or waits.
 */
public final class IngestTracer {

    private final Tracing tracing;
    private final Optional<Tracer> tracer;
    private final String site;
    private final Clock clock;

    /** @param tracing owned by somebody else, who closes it later */
    public IngestTracer(Tracing tracing, String site, Clock clock) {
        this.tracing = tracing;
        this.tracer = tracing.tracer();
        this.site = site;
        this.clock = clock;
    }

    /** An object is at the door. */
    public DoorTrace receiving(Way way) {
        return tracer.map(recorder -> Spans.unharmed(null, () -> {
            Span span = Spans.root(recorder, "receive", SpanKind.SERVER, now())
                    .setAttribute(SpanKeys.WAY, way.name()).setAttribute(SpanKeys.SITE, site).startSpan();
            return new DoorTrace(this, Spans.contextOf(span), Optional.of(span));
        })).orElseGet(() -> new DoorTrace(this, TraceContext.random(), Optional.empty()));
    }

    /**
     * A film was rendered, or will never be.
     *
     * @param quarantined why not, as a short word; empty when it was
     */
    public void rendered(ReceivedEntry entry, long beganMicros, String quarantined) {
        tracer.ifPresent(recorder -> Spans.unharmed(null, () -> {
            Span span = identified(Spans.child(recorder, entry.trace(), "render", SpanKind.INTERNAL, beganMicros), entry).startSpan();
            if (!quarantined.isEmpty()) {
                span.setAttribute(SpanKeys.ERROR, quarantined).setStatus(StatusCode.ERROR, quarantined);
            }
            span.end(now(), TimeUnit.MICROSECONDS);
            return null;
        }));
    }

    /** A record is to be sent, and tried again until the broker has it. */
    public SendTrace sending(Topic topic, ReceivedEntry entry) {
        return tracer.map(recorder -> Spans.unharmed(null, () -> {
            Span span = identified(Spans.messaging(recorder, entry.trace(), "send", SpanKind.PRODUCER, topic.name(), now()), entry)
                    .startSpan();
            return new SendTrace(this, Optional.of(Spans.contextOf(span)), Optional.of(span));
        })).orElseGet(() -> new SendTrace(this, entry.trace(), Optional.empty()));
    }

    /** Microseconds since the epoch. */
    public long now() {
        Instant now = clock.instant();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
    }

    /** To a span that has begun. */
    void identify(Span span, String studyUid, String sopInstanceUid) {
        tracing.identify(span, studyUid, sopInstanceUid);
    }

    private SpanBuilder identified(SpanBuilder span, ReceivedEntry entry) {
        return tracing.identify(span.setAttribute(SpanKeys.SITE, site), entry.studyUid(), entry.sopInstanceUid());
    }
}
