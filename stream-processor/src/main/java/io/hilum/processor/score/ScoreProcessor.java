package io.hilum.processor.score;

import io.hilum.contracts.event.ImageReceived;
import io.hilum.contracts.topic.Topics;
import io.hilum.contracts.trace.TraceContext;
import io.hilum.contracts.trace.TraceHeaders;
import io.hilum.processor.event.DeadLetters;
import io.hilum.processor.event.Incoming;
import io.hilum.processor.event.MicroClock;
import io.hilum.processor.study.StudyEvent;
import io.hilum.processor.trace.RecordTrace;
import io.hilum.processor.trace.StreamTracer;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Hands images to the scorer and passes results on, in order within a study.
 *
 * <p>{@code process()} never waits for the engine, except when the task, or all tasks of the JVM together
 * ({@link EngineLoad}), have as much work under way as they may: then it waits, and Kafka Streams stops fetching. For
 * all tasks together it waits after a record rather than before one, so that a thread whose commit is due has none in
 * its hand.
 *
 * <p>Finished work leaves with the next record, with a short wall-clock punctuator that runs from the first record of a
 * transaction on, or at the latest with the next commit, which waits for all of it ({@link PendingWork}). While few
 * images come, the punctuator asks for commits ({@link EngineLoad}): the commit interval is the most that a finding waits,
 * not what each one waits.
 *
 * <p>What cannot be read or scored goes to the dead letters as an ordinary output; nothing is thrown for it.
 * A broken engine is nobody's fault: then, too, the thread ends and nothing is committed.
 * A failed drain forwards nothing and ends the thread: its records are read again.
 *
 * <p>Threading: one instance a task, owned by the task's stream thread; {@link Scorer} is shared by all.
 */
public final class ScoreProcessor implements Processor<String, Incoming, String, Object> {

    private final Scorer scorer;
    private final ScoreSettings settings;
    private final EngineLoad load;
    private final ScoreMeters meters;
    private final MicroClock clock;
    private final StreamTracer tracer;
    private final String studies;
    private final String deadLetters;

    private ProcessorContext<String, Object> context;
    private TaskContext task;
    private PendingWork gate;
    private PendingQueue pending;
    private Cancellable lookout;
    /** A record was taken since the last look. */
    private boolean busy;
    /** A result was taken out and did not leave: nothing may be committed any more. */
    private boolean broken;

    private ScoreProcessor(Scorer scorer, ScoreSettings settings, EngineLoad load, ScoreMeters meters, MicroClock clock,
            StreamTracer tracer, String studies, String deadLetters) {
        this.scorer = scorer;
        this.settings = settings;
        this.load = load;
        this.meters = meters;
        this.clock = clock;
        this.tracer = tracer;
        this.studies = studies;
        this.deadLetters = deadLetters;
    }

    /**
     * @param studies name of the child that gets {@link StudyEvent}s
     * @param deadLetters name of the child that gets {@code DeadLetter}s
     */
    public static ProcessorSupplier<String, Incoming, String, Object> supplier(
            Scorer scorer, ScoreSettings settings, ScoreMeters meters, MicroClock clock, StreamTracer tracer,
            String studies, String deadLetters) {
        EngineLoad load = new EngineLoad(settings, Waiting.SYSTEM);
        return new ProcessorSupplier<>() {
            @Override
            public Processor<String, Incoming, String, Object> get() {
                return new ScoreProcessor(scorer, settings, load, meters, clock, tracer, studies, deadLetters);
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return Set.of(new PendingWork.Builder());
            }
        };
    }

    /** May run again on the same instance, when a suspended task goes on. */
    @Override
    public void init(ProcessorContext<String, Object> newContext) {
        context = newContext;
        task = new TaskContext(newContext);
        pending = new PendingQueue(settings.pendingBound(), load);
        lookout = null;
        broken = false;
        gate = newContext.getStateStore(PendingWork.NAME);
        gate.drainWith(this::drain);
    }

    @Override
    public void process(Record<String, Incoming> record) {
        busy = true;
        pending.makeRoom(this::forward);
        String key = DeadLetters.usableKey(record.key());
        RecordTrace trace = tracer.taken(record.headers(), context.recordMetadata().orElseThrow(), clock.micros());
        Pending work = new Pending(key, task.origin(), outcomeOf(key, record.value()), trace);
        trace.watch(work.outcome());
        pending.add(work);
        pending.linger();
        pending.takeReady(this::forward);
        watch();
    }

    @Override
    public void close() {
        boolean givenUp = broken || pending != null && !pending.isEmpty();
        if (pending != null) {
            pending.cancelAll();
        }
        if (gate != null) {
            gate.stop(givenUp);
        }
        stopWatching();
    }

    private CompletableFuture<Outcome> outcomeOf(String key, Incoming incoming) {
        long now = clock.micros();
        RecordMetadata where = context.recordMetadata().orElseThrow();
        if (incoming instanceof Incoming.Image image) {
            return image.event().getStudyUid().equals(key)
                    ? score(image.event(), new ImageOutcomes(image.event(), where, now, clock), where)
                    : done(misplaced(image.event(), key, where, now));
        }
        if (incoming instanceof Incoming.Withdrawal withdrawal) {
            return done(withdrawal.event().getStudyUid().equals(key)
                    ? Outcome.of(new StudyEvent.Withdrawn(withdrawal.event()))
                    : Outcome.of(DeadLetters.unreadable(Incoming.Unreadable.of("misplaced-event",
                            "The withdrawal of study " + withdrawal.event().getStudyUid() + " stands under the key '"
                                    + key + "'. It had no effect.", withdrawal.event()), key, where, now)));
        }
        if (incoming instanceof Incoming.Unreadable unreadable) {
            return done(Outcome.of(DeadLetters.unreadable(unreadable, key, where, now)));
        }
        throw new IllegalStateException("unknown input " + incoming);
    }

    private CompletableFuture<Outcome> score(ImageReceived image, ImageOutcomes outcomes, RecordMetadata where) {
        return ScopeRule.outOfScope(image)
                .map(reason -> done(outcomes.outOfScope(reason)))
                .orElseGet(() -> {
                    boolean urgent = where.topic().equals(Topics.IMAGES_STAT.name());
                    CompletableFuture<Scores> scores = submit(image, urgent);
                    CompletableFuture<Outcome> outcome = scores.thenApply(outcomes::scored)
                            .exceptionally(failure -> notScored(outcomes, failure));
                    // Giving the outcome up takes the image out of the engine's queue too.
                    outcome.whenComplete((ignored, failure) -> {
                        if (outcome.isCancelled()) {
                            scores.cancel(false);
                        }
                    });
                    return outcome;
                });
    }

    /** What failed because the service stops, or its engine is broken, is not the image's fault: it must be read again. */
    private static Outcome notScored(ImageOutcomes outcomes, Throwable failure) {
        Throwable cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof CancellationException || cause instanceof ScoringBrokenException) {
            throw new CompletionException(cause);
        }
        return outcomes.notScored(cause);
    }

    private CompletableFuture<Scores> submit(ImageReceived image, boolean urgent) {
        try {
            return scorer.score(image, urgent, load.transactionBegan());
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    /** Another key means another partition: the study's revisions would be counted in two places. */
    private static Outcome misplaced(ImageReceived image, String key, RecordMetadata where, long now) {
        return Outcome.of(DeadLetters.unusable(image, "misplaced-event", "Image " + image.getSopInstanceUid()
                + " of study " + image.getStudyUid() + " stands under the key '" + key
                + "'. It was not scored; send it again under its study UID.", "", where, now));
    }

    private static CompletableFuture<Outcome> done(Outcome outcome) {
        return CompletableFuture.completedFuture(outcome);
    }

    /** Runs inside a commit, before its offsets are collected; once it has failed, no further attempt waits again. */
    private void drain() {
        load.commits();
        if (!pending.isEmpty()) {
            try {
                pending.awaitAll();
            } catch (StuckWorkException failed) {
                giveUp();
                throw failed;
            }
            pending.takeReady(this::forward);
        }
        stopWatching();
    }

    private void giveUp() {
        broken = true;
        gate.stop(true);
    }

    private void forward(Pending work) {
        boolean left = false;
        try {
            Outcome outcome = work.result();
            Optional<TraceContext> trace = work.trace().left(outcome.study(), outcome.deadLetter());
            outcome.study().ifPresent(event -> forward(work, event, trace, studies));
            outcome.deadLetter().ifPresent(letter -> forward(work, letter, trace, deadLetters));
            count(outcome);
            left = true;
        } finally {
            if (!left) {
                giveUp();
            }
        }
    }

    private void count(Outcome outcome) {
        outcome.deadLetter().ifPresent(meters::dead);
        if (outcome.study().orElse(null) instanceof StudyEvent.ImageDone image) {
            meters.left(image.image().getScope());
        }
    }

    /** A record's timestamp is its turn among the topics and no time: what leaves is dated now. */
    private void forward(Pending work, Object value, Optional<TraceContext> trace, String child) {
        task.forward(work.origin(), new Record<>(work.key(), value, clock.micros() / 1000, TraceHeaders.of(trace)), child);
    }

    /** Until the next commit. */
    private void watch() {
        if (lookout == null) {
            lookout = context.schedule(settings.pollPending(), PunctuationType.WALL_CLOCK_TIME, ignored -> look());
        }
    }

    /** What is done does not wait for the commit interval where no further record comes, and no longer than that where some do. */
    private void look() {
        pending.takeReady(this::forward);
        if (load.commitIsDue() || !busy && load.commitIsCheap()) {
            context.commit();
        }
        busy = false;
    }

    private void stopWatching() {
        if (lookout != null) {
            lookout.cancel();
            lookout = null;
        }
    }
}
