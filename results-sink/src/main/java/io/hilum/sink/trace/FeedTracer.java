package io.hilum.sink.trace;

import io.hilum.contracts.trace.TraceContext;
import io.hilum.contracts.trace.TraceHeaders;
import io.hilum.sink.store.Result.Effect;
import io.hilum.tracing.SpanKeys;
import io.hilum.tracing.Spans;
import io.hilum.tracing.Tracing;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Continues the trace of each record that was stored: {@code process hilum.findings}, from the moment when the record was
 * read to the commit that it shared with its batch. A record without a trace gets none.
 *
 * <p>Threading: free to share. Nothing here throws or waits.
 */
@ApplicationScoped
public class FeedTracer {

    private final Tracing tracing;

    FeedTracer(Tracing tracing) {
        this.tracing = tracing;
    }

    /**
     * A batch is committed.
     *
     * @param effects one a record, in their order
     */
    public void stored(List<ConsumerRecord<byte[], byte[]>> batch, List<Effect> effects, Instant read, Instant committed) {
        tracing.tracer().ifPresent(tracer -> Spans.unharmed(null, () -> {
            for (int i = 0; i < batch.size(); i++) {
                Optional<TraceContext> trace = TraceHeaders.read(batch.get(i).headers());
                if (trace.isPresent()) {
                    stored(tracer, trace, batch.get(i), effects.get(i), micros(read), micros(committed));
                }
            }
            return null;
        }));
    }

    private static void stored(Tracer tracer, Optional<TraceContext> trace, ConsumerRecord<byte[], byte[]> record, Effect effect,
            long read, long committed) {
        Span span = Spans.messaging(tracer, trace, "process", SpanKind.CONSUMER, record.topic(), read)
                .setAttribute(SpanKeys.PARTITION, Integer.toString(record.partition()))
                .setAttribute(SpanKeys.OFFSET, record.offset())
                .setAttribute(SpanKeys.EFFECT, effect.name())
                .startSpan();
        if (effect == Effect.POISON) {
            span.setAttribute(SpanKeys.ERROR, "poison-record").setStatus(StatusCode.ERROR, "It can never be stored");
        }
        span.end(committed, TimeUnit.MICROSECONDS);
    }

    private static long micros(Instant at) {
        return TimeUnit.SECONDS.toMicros(at.getEpochSecond()) + at.getNano() / 1000;
    }
}
