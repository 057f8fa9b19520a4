package io.hilum.ingest.trace;

import io.hilum.contracts.trace.TraceContext;
import io.hilum.ingest.door.Receipt;
import io.hilum.ingest.door.Refusal;
import io.hilum.tracing.SpanKeys;
import io.hilum.tracing.Spans;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The trace of one object at the door; it ends when the sender is answered. Threading: the thread that receives.
 */
public final class DoorTrace implements AutoCloseable {

    private final IngestTracer owner;
    private final TraceContext context;
    private final Optional<Span> span;
    private boolean answered;

    DoorTrace(IngestTracer owner, TraceContext context, Optional<Span> span) {
        this.owner = owner;
        this.context = context;
        this.span = span;
    }

    /** What the journal keeps, and what comes after it continues. */
    public TraceContext context() {
        return context;
    }

    /** The sender is told this. A refusal's sentence may quote the object and is not told to the span. */
    public void answered(Receipt receipt) {
        answered = true;
        span.ifPresent(open -> Spans.unharmed(null, () -> {
            if (receipt instanceof Receipt.Accepted accepted) {
                owner.identify(open, accepted.studyUid(), accepted.sopInstanceUid());
                open.setAttribute(SpanKeys.STATUS, "0x0000").setAttribute(SpanKeys.AGAIN, accepted.again());
            } else if (receipt instanceof Refusal refusal) {
                owner.identify(open, refusal.studyUid(), refusal.sopInstanceUid());
                open.setAttribute(SpanKeys.STATUS, "0x%04X".formatted(refusal.cause().status()))
                        .setAttribute(SpanKeys.ERROR, refusal.cause().code())
                        .setStatus(StatusCode.ERROR, refusal.cause().comment());
            }
            return null;
        }));
    }

    @Override
    public void close() {
        span.ifPresent(open -> Spans.unharmed(null, () -> {
            if (!answered) {
                open.setAttribute(SpanKeys.ERROR, "sender-gone").setStatus(StatusCode.ERROR, "Nobody was there to be answered");
            }
            open.end(owner.now(), TimeUnit.MICROSECONDS);
            return null;
        }));
    }
}
