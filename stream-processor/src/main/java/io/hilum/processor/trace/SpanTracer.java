package io.hilum.processor.trace;

import io.hilum.contracts.event.DeadLetter;
import io.hilum.contracts.event.StudyFindings;
import io.hilum.contracts.topic.Topics;
import io.hilum.contracts.trace.TraceContext;
import io.hilum.contracts.trace.TraceHeaders;
import io.hilum.processor.event.MicroClock;
import io.hilum.tracing.SpanKeys;
import io.hilum.tracing.Spans;
import io.hilum.tracing.Tracing;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Records a span for each record that leaves: {@code process hilum.images} for an image, {@code send hilum.findings} for a
 * revision. A revision that an image made is part of the image's trace; one that time made (FINAL) belongs to no image and
 * begins a trace of its own, linked to those of the study's images: an image's trace ends with the image's own revision,
 * and is not drawn out by the half minute that its study stayed open.
 */
public final class SpanTracer implements StreamTracer {

    private final Tracing tracing;
    private final Tracer tracer;
    private final String group;
    private final MicroClock clock;

    private SpanTracer(Tracing tracing, Tracer tracer, String group, MicroClock clock) {
        this.tracing = tracing;
        this.tracer = tracer;
        this.group = group;
        this.clock = clock;
    }

    /**
     * Records when the tracing does; otherwise traces are passed on.
     *
     * @param group the stream's consumer group
     */
    public static StreamTracer of(Tracing tracing, String group, MicroClock clock) {
        return tracing.tracer().<StreamTracer>map(tracer -> new SpanTracer(tracing, tracer, group, clock)).orElse(PASSING);
    }

    @Override
    public boolean records() {
        return true;
    }

    @Override
    public RecordTrace taken(Headers headers, RecordMetadata where, long micros) {
        return new RecordSpans(this, TraceHeaders.read(headers), where, micros);
    }

    @Override
    public Optional<TraceContext> revised(StudyFindings revision, Optional<TraceContext> cause, List<TraceContext> images) {
        return Spans.unharmed(cause, () -> {
            SpanBuilder span = Spans.messaging(tracer, cause, "send", SpanKind.PRODUCER, Topics.FINDINGS.name(),
                            revision.getTimes().getEmitted())
                    .setAttribute(SpanKeys.REVISION, revision.getRevision())
                    .setAttribute(SpanKeys.STUDY_STATUS, revision.getStatus().name())
                    .setAttribute(SpanKeys.SITE, revision.getSite());
            images.forEach(image -> span.addLink(Spans.spanContextOf(image)));
            return Optional.of(ended(tracing.identify(span, revision.getStudyUid(), "").startSpan()));
        });
    }

    @Override
    public Optional<TraceContext> refused(DeadLetter letter, Optional<TraceContext> image) {
        return Spans.unharmed(image, () -> {
            SpanBuilder span = Spans.messaging(tracer, image, "send", SpanKind.PRODUCER, Topics.DEAD_LETTERS.name(), letter.getAt())
                    .setAttribute(SpanKeys.SITE, letter.getSite())
                    .setAttribute(SpanKeys.ERROR, letter.getCauseCode());
            return Optional.of(ended(tracing.identify(span, letter.getStudyUid(), letter.getSopInstanceUid()).startSpan()
                    .setStatus(StatusCode.ERROR, letter.getCauseCode())));
        });
    }

    Tracing tracing() {
        return tracing;
    }

    Tracer tracer() {
        return tracer;
    }

    String group() {
        return group;
    }

    long now() {
        return clock.micros();
    }

    private TraceContext ended(Span span) {
        span.end(now(), TimeUnit.MICROSECONDS);
        return Spans.contextOf(span);
    }
}
