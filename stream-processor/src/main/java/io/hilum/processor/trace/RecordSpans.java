package io.hilum.processor.trace;

import io.hilum.contracts.event.DeadLetter;
import io.hilum.contracts.event.ImageFindings;
import io.hilum.contracts.event.ImageTimes;
import io.hilum.contracts.trace.TraceContext;
import io.hilum.processor.study.StudyEvent;
import io.hilum.tracing.SpanKeys;
import io.hilum.tracing.Spans;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * The span of one record, made when it leaves: what is read and given up again leaves no open span behind.
 *
 * <p>Its parts {@code prepare}, {@code queue}, {@code compute} and {@code output} follow each other without a gap up to the
 * moment when the results came back. Before them the image waited for a thread that prepares, after them for the images
 * before it in its study. Of an image that the engine ran twice both runs are drawn as one.
 */
final class RecordSpans implements RecordTrace {

    private final SpanTracer owner;
    private final Optional<TraceContext> parent;
    private final RecordMetadata where;
    private final long takenMicros;
    /** Written by the thread that completes the work; 0 before. */
    private volatile long doneMicros;

    RecordSpans(SpanTracer owner, Optional<TraceContext> parent, RecordMetadata where, long takenMicros) {
        this.owner = owner;
        this.parent = parent;
        this.where = where;
        this.takenMicros = takenMicros;
    }

    @Override
    public void watch(CompletableFuture<?> work) {
        work.whenComplete((done, failed) -> doneMicros = owner.now());
    }

    @Override
    public Optional<TraceContext> left(Optional<StudyEvent> study, Optional<DeadLetter> deadLetter) {
        return Spans.unharmed(parent, () -> Optional.of(recorded(study, deadLetter)));
    }

    private TraceContext recorded(Optional<StudyEvent> study, Optional<DeadLetter> deadLetter) {
        SpanBuilder builder = Spans.messaging(owner.tracer(), parent, "process", SpanKind.CONSUMER, where.topic(), takenMicros)
                .setAttribute(SpanKeys.PARTITION, Integer.toString(where.partition()))
                .setAttribute(SpanKeys.OFFSET, where.offset())
                .setAttribute(SpanKeys.GROUP, owner.group());
        StudyEvent.ImageDone image = study.orElse(null) instanceof StudyEvent.ImageDone done ? done : null;
        if (image != null) {
            describe(builder, image);
        }
        Span span = builder.startSpan();
        deadLetter.ifPresent(letter -> span.setAttribute(SpanKeys.ERROR, letter.getCauseCode())
                .setStatus(StatusCode.ERROR, letter.getCauseCode()));
        if (image != null && span.isRecording()) {
            parts(span, image.image().getTimes());
        }
        span.end(owner.now(), TimeUnit.MICROSECONDS);
        return Spans.contextOf(span);
    }

    private void describe(SpanBuilder span, StudyEvent.ImageDone image) {
        ImageFindings findings = image.image();
        List<String> models = findings.getLinesList().stream().map(line -> line.getLine() + "@" + line.getVersion()).toList();
        owner.tracing().identify(span, image.facts().getStudyUid(), findings.getSopInstanceUid())
                .setAttribute(SpanKeys.SITE, image.facts().getSite())
                .setAttribute(SpanKeys.SCOPE, findings.getScope().name());
        if (!models.isEmpty()) {
            span.setAttribute(SpanKeys.MODELS, models).setAttribute(SpanKeys.BATCH, (long) findings.getTimes().getBatch());
        }
    }

    /** Backwards from the moment when the results came back. */
    private void parts(Span whole, ImageTimes times) {
        if (doneMicros == 0 || times.getBatch() == 0) {
            return;
        }
        long output = doneMicros - times.getOutputUs();
        long compute = output - times.getComputeUs();
        long queue = compute - times.getQueueUs();
        long prepare = queue - times.getPrepareUs();
        Spans.part(owner.tracer(), whole, "prepare", prepare, queue);
        Spans.part(owner.tracer(), whole, "queue", queue, compute);
        Spans.part(owner.tracer(), whole, "compute", compute, output);
        Spans.part(owner.tracer(), whole, "output", output, doneMicros);
    }
}
