package io.hilum.ingest.trace;

import io.hilum.contracts.trace.TraceContext;
import io.hilum.tracing.SpanKeys;
import io.hilum.tracing.Spans;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The trace of one record to a topic, over all its tries. Threading: begun by one thread, ended by another. */
public final class SendTrace {

    private final IngestTracer owner;
    private final Optional<TraceContext> context;
    private final Optional<Span> span;

    SendTrace(IngestTracer owner, Optional<TraceContext> context, Optional<Span> span) {
        this.owner = owner;
        this.context = context;
        this.span = span;
    }

    /** What the record's headers say, the same at each try. */
    public Optional<TraceContext> context() {
        return context;
    }

    /** @param failed null when the broker has it */
    public void ended(Throwable failed) {
        span.ifPresent(open -> Spans.unharmed(null, () -> {
            if (failed != null) {
                open.setAttribute(SpanKeys.ERROR, failed.getClass().getName()).setStatus(StatusCode.ERROR);
            }
            open.end(owner.now(), TimeUnit.MICROSECONDS);
            return null;
        }));
    }
}
