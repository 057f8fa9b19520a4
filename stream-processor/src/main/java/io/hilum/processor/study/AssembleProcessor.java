package io.hilum.processor.study;

import io.hilum.contracts.event.DeadLetter;
import io.hilum.contracts.event.FindingsStatus;
import io.hilum.contracts.event.StudyFindings;
import io.hilum.contracts.trace.TraceContext;
import io.hilum.contracts.trace.TraceHeaders;
import io.hilum.processor.event.DeadLetters;
import io.hilum.processor.event.Incoming;
import io.hilum.processor.event.MicroClock;
import io.hilum.processor.trace.StreamTracer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Puts images together into studies and publishes each revision whole.
 *
 * <p>PRELIMINARY with every image; FINAL when no further image came for the idle time, or at the hard cap;
 * AMENDED when an image comes after that; WITHDRAWN for good. Deadlines stand in a store and survive
 * restarts. They expire only when all that was received until then is merged ({@link Backlog}): neither downtime
 * nor more images than can be scored make a study final before its images.
 *
 * <p>A revision is computed whole before a store is written ({@link StudyRevisions}): a study that cannot be merged ends as
 * a dead letter and leaves nothing half-written.
 *
 * <p>Threading: one instance a task, owned by the task's stream thread.
 */
public final class AssembleProcessor implements Processor<String, StudyEvent, String, Object> {

    /** Studies made final in one go: the stream thread must not be away for long. */
    private static final int MAX_FINAL_AT_ONCE = 500;
    private static final Duration FORGET_EVERY = Duration.ofMinutes(1);

    private final StudySettings settings;
    private final StudyRevisions revisions;
    private final StudyMeters meters;
    private final MicroClock clock;
    private final StreamTracer tracer;
    private final Backlog backlog;
    private final String findings;
    private final String deadLetters;
    private final List<Cancellable> sweeps = new ArrayList<>();

    private ProcessorContext<String, Object> context;
    private KeyValueStore<String, StudyFindings> studies;
    private KeyValueStore<String, Deadline> open;

    private AssembleProcessor(StudySettings settings, StudyMerge merge, StudyMeters meters, MicroClock clock, StreamTracer tracer,
            Backlog backlog,
            String findings, String deadLetters) {
        this.settings = settings;
        this.revisions = new StudyRevisions(merge);
        this.meters = meters;
        this.clock = clock;
        this.tracer = tracer;
        this.backlog = backlog;
        this.findings = findings;
        this.deadLetters = deadLetters;
    }

    /**
     * @param backlog knows whether images still wait
     * @param findings name of the child that gets {@link StudyFindings}
     * @param deadLetters name of the child that gets {@link DeadLetter}s
     */
    public static ProcessorSupplier<String, StudyEvent, String, Object> supplier(
            StudySettings settings, StudyMeters meters, MicroClock clock, StreamTracer tracer, Backlog backlog, String findings,
            String deadLetters) {
        return supplier(settings, new StudyMerge(new PriorityRule(settings.statLabels())), meters, clock, tracer, backlog, findings,
                deadLetters);
    }

    /** With a merge of one's own: a test puts a defective one here. */
    static ProcessorSupplier<String, StudyEvent, String, Object> supplier(
            StudySettings settings, StudyMerge merge, StudyMeters meters, MicroClock clock, StreamTracer tracer, Backlog backlog,
            String findings, String deadLetters) {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<String, StudyEvent, String, Object> get() {
                return new AssembleProcessor(settings, merge, meters, clock, tracer, backlog, findings, deadLetters);
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return StudyStores.builders();
            }
        };
    }

    /** May run again on the same instance, when a suspended task goes on: its old schedules go on too. */
    @Override
    public void init(ProcessorContext<String, Object> newContext) {
        context = newContext;
        studies = newContext.getStateStore(StudyStores.STUDIES);
        open = newContext.getStateStore(StudyStores.OPEN);
        stopSweeping();
        Forgetting forgetting = new Forgetting(studies, open, settings.remember());
        sweeps.add(newContext.schedule(sweepInterval(), PunctuationType.WALL_CLOCK_TIME, this::makeFinal));
        sweeps.add(newContext.schedule(FORGET_EVERY, PunctuationType.WALL_CLOCK_TIME, forgetting::walkOn));
    }

    @Override
    public void close() {
        stopSweeping();
    }

    private void stopSweeping() {
        sweeps.forEach(Cancellable::cancel);
        sweeps.clear();
    }

    @Override
    public void process(Record<String, StudyEvent> record) {
        StudyFindings known = studies.get(record.key());
        StudyFindings last = known == null ? StudyFindings.getDefaultInstance() : known;
        Optional<TraceContext> trace = TraceHeaders.read(record.headers());
        if (record.value() instanceof StudyEvent.ImageDone image) {
            merge(record.key(), last, image, trace);
        } else if (record.value() instanceof StudyEvent.Withdrawn withdrawn) {
            withdraw(record.key(), last, withdrawn, trace);
        } else {
            throw new IllegalStateException("unknown study event " + record.value());
        }
    }

    private void merge(String study, StudyFindings last, StudyEvent.ImageDone image, Optional<TraceContext> trace) {
        if (last.getStatus() == FindingsStatus.WITHDRAWN) {
            refuse(study, image, trace, "study-withdrawn", "Image " + image.facts().getSopInstanceUid() + " came after study "
                    + study + " was withdrawn. It is not part of any findings.", "");
            return;
        }
        switch (StudyMerge.noveltyOf(last, image.image())) {
            case KNOWN -> meters.duplicate();
            case SCORED_AT_LAST -> publishImage(study, last, image, trace);
            case NEW -> {
                if (last.getImagesCount() >= settings.maxImages()) {
                    refuse(study, image, trace, "too-many-images", "Study " + study + " has " + last.getImagesCount()
                            + " images already, which is the configured most. Image "
                            + image.facts().getSopInstanceUid() + " is not part of its findings.", "");
                } else {
                    publishImage(study, last, image, trace);
                }
            }
            default -> throw new IllegalStateException("unknown novelty");
        }
    }

    private void publishImage(String study, StudyFindings last, StudyEvent.ImageDone image, Optional<TraceContext> trace) {
        StudyFindings next;
        try {
            next = revisions.withImage(last, image, clock.micros());
        } catch (UnmergeableException failed) {
            refuse(study, image, trace, failed.code(), "Image " + image.facts().getSopInstanceUid()
                    + " did not reach its study's findings. " + failed.getMessage(), failed.detail());
            return;
        }
        if (next.getStatus() == FindingsStatus.PRELIMINARY) {
            keepOpen(study, next, trace);
        }
        publish(study, next, trace, List.of());
    }

    /**
     * Written with the first image, and as a rule not again with each: {@link #makeFinal} sees in the study when its last one
     * came. Never later than the study may become final.
     */
    private void keepOpen(String study, StudyFindings next, Optional<TraceContext> trace) {
        Deadline written = open.get(study);
        Deadline deadline = written == null ? Deadline.first(emittedMillis(next), settings.idle(), settings.hardCap()) : written;
        Deadline extended = deadline.extended(emittedMillis(next), settings.idle());
        if (extended.idleAt() < deadline.idleAt()) {
            // The idle time was longer when it was written: nobody would look before.
            deadline = extended;
        }
        if (tracer.records()) {
            deadline = deadline.with(trace);
        }
        if (deadline != written) {
            open.put(study, deadline);
        }
    }

    private static long emittedMillis(StudyFindings study) {
        return TimeUnit.MICROSECONDS.toMillis(study.getTimes().getEmitted());
    }

    private void withdraw(String study, StudyFindings last, StudyEvent.Withdrawn withdrawn, Optional<TraceContext> trace) {
        if (last.getStatus() == FindingsStatus.WITHDRAWN) {
            return;
        }
        StudyFindings next;
        try {
            next = revisions.asWithdrawn(last, withdrawn.event(), clock.micros());
        } catch (UnmergeableException failed) {
            dead(study, DeadLetters.unreadable(Incoming.Unreadable.of(failed.code(), "The withdrawal had no effect. "
                    + failed.getMessage(), withdrawn.event()), study, context.recordMetadata().orElseThrow(), clock.micros()), trace);
            return;
        }
        open.delete(study);
        publish(study, next, trace, List.of());
    }

    private void makeFinal(long now) {
        Due all = due(now);
        for (KeyValue<String, Deadline> due : all.studies()) {
            StudyFindings last = studies.get(due.key);
            Deadline deadline = due.value.extended(emittedMillis(last), settings.idle());
            if (!deadline.isPast(all.until())) {
                // Its study is not looked up again before then.
                open.put(due.key, deadline);
                continue;
            }
            open.delete(due.key);
            String reason = deadline.isHard(now)
                    ? "Final " + settings.hardCap().toSeconds() + " s after the first image, though images keep coming."
                    : "No further image for " + settings.idle().toSeconds() + " s.";
            publishFinal(due.key, last, reason, deadline.traces());
        }
    }

    private void publishFinal(String study, StudyFindings last, String reason, List<TraceContext> images) {
        StudyFindings next;
        try {
            next = revisions.asFinal(last, reason, clock.micros());
        } catch (UnmergeableException failed) {
            dead(study, DeadLetters.ofStudy(study, last.getSite(), failed.code(), "The study stays PRELIMINARY until another"
                    + " image comes. " + failed.getMessage(), failed.detail(), clock.micros()), Optional.empty());
            return;
        }
        publish(study, next, Optional.empty(), images);
    }

    /**
     * Studies whose deadline has passed, as far as is written.
     *
     * @param until all that was received before is merged, milliseconds since the epoch; at most now
     */
    private record Due(List<KeyValue<String, Deadline>> studies, long until) {}

    private Due due(long now) {
        List<KeyValue<String, Deadline>> due = new ArrayList<>();
        OptionalLong until = OptionalLong.empty();
        try (KeyValueIterator<String, Deadline> all = open.all()) {
            while (all.hasNext() && due.size() < MAX_FINAL_AT_ONCE) {
                KeyValue<String, Deadline> each = all.next();
                if (!each.value.isPast(now)) {
                    continue;
                }
                if (until.isEmpty()) {
                    // Asked for only where it matters.
                    until = OptionalLong.of(Math.min(now, backlog.workedOffUntil(context.taskId().partition(), now)));
                }
                if (each.value.isPast(until.getAsLong())) {
                    due.add(each);
                }
            }
        }
        return new Due(due, until.orElse(now));
    }

    private void publish(String study, StudyFindings next, Optional<TraceContext> trace, List<TraceContext> links) {
        studies.put(study, next);
        forward(study, next, tracer.revised(next, trace, links), findings);
        meters.published(next);
    }

    private void refuse(String study, StudyEvent.ImageDone image, Optional<TraceContext> trace, String code, String cause,
            String detail) {
        dead(study, DeadLetters.unusable(
                image.facts(), code, cause, detail, context.recordMetadata().orElseThrow(), clock.micros()), trace);
    }

    private void dead(String study, DeadLetter letter, Optional<TraceContext> trace) {
        forward(study, letter, tracer.refused(letter, trace), deadLetters);
        meters.dead(letter);
    }

    private void forward(String study, Object value, Optional<TraceContext> trace, String child) {
        context.forward(new Record<>(study, value, clock.micros() / 1000, TraceHeaders.of(trace)), child);
    }

    private Duration sweepInterval() {
        return Duration.ofMillis(Math.max(10, Math.min(1000, settings.idle().toMillis() / 4)));
    }
}
