package io.hilum.tracing;

import io.hilum.contracts.trace.TraceContext;
import io.hilum.contracts.trace.TraceHeaders;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Begins spans that carry their own times and their own parents. Nothing here depends on the current thread: work is
 * handed from thread to thread, and a span is often made when what it tells of is over.
 *
 * <p>Times are microseconds since the epoch, the unit of every time in an event.
 */
public final class Spans {

    private static final TextMapGetter<TraceContext> FIELDS = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(TraceContext trace) {
            return List.of(TraceHeaders.PARENT, TraceHeaders.STATE);
        }

        @Override
        public String get(TraceContext trace, String name) {
            return switch (name) {
                case TraceHeaders.PARENT -> trace.traceparent();
                case TraceHeaders.STATE -> trace.state().isEmpty() ? null : trace.state();
                default -> null;
            };
        }
    };

    private static final System.Logger LOG = System.getLogger(Spans.class.getName());

    private Spans() {}

    /** Tracing is for looking on: a fault in it costs the span, nothing else. */
    public static <T> T unharmed(T otherwise, Supplier<T> recorded) {
        try {
            return recorded.get();
        } catch (RuntimeException fault) {
            LOG.log(System.Logger.Level.WARNING, "A span was not recorded; what it tells of goes on.", fault);
            return otherwise;
        }
    }

    /** A span that begins a trace. */
    public static SpanBuilder root(Tracer tracer, String name, SpanKind kind, long startMicros) {
        return tracer.spanBuilder(name).setNoParent().setSpanKind(kind).setStartTimestamp(startMicros, TimeUnit.MICROSECONDS);
    }

    /** A span within a trace; where there is none, a span that begins one. */
    public static SpanBuilder child(Tracer tracer, Optional<TraceContext> parent, String name, SpanKind kind, long startMicros) {
        SpanBuilder span = root(tracer, name, kind, startMicros);
        return parent.map(present -> span.setParent(contextOf(present))).orElse(span);
    }

    /** A part of what a span tells, from then to then. */
    public static void part(Tracer tracer, Span whole, String name, long startMicros, long endMicros) {
        root(tracer, name, SpanKind.INTERNAL, startMicros).setParent(Context.root().with(whole)).startSpan()
                .end(endMicros, TimeUnit.MICROSECONDS);
    }

    /** A send to or a processing from a topic, named as the semantic conventions say: {@code send hilum.images}. */
    public static SpanBuilder messaging(
            Tracer tracer, Optional<TraceContext> parent, String operation, SpanKind kind, String topic, long startMicros) {
        return child(tracer, parent, operation + " " + topic, kind, startMicros)
                .setAttribute(SpanKeys.SYSTEM, "kafka")
                .setAttribute(SpanKeys.OPERATION, operation)
                .setAttribute(SpanKeys.OPERATION_TYPE, operation)
                .setAttribute(SpanKeys.TOPIC, topic);
    }

    /** Where the span stands, for those who come after it. */
    public static TraceContext contextOf(Span span) {
        Map<String, String> fields = new HashMap<>();
        W3CTraceContextPropagator.getInstance().inject(Context.root().with(span), fields, Map::put);
        return TraceContext.parse(fields.get(TraceHeaders.PARENT), fields.get(TraceHeaders.STATE))
                .orElseThrow(() -> new IllegalStateException("a span without a context: " + fields));
    }

    /** For links. */
    public static SpanContext spanContextOf(TraceContext trace) {
        return Span.fromContext(contextOf(trace)).getSpanContext();
    }

    private static Context contextOf(TraceContext trace) {
        return W3CTraceContextPropagator.getInstance().extract(Context.root(), trace, FIELDS);
    }
}
