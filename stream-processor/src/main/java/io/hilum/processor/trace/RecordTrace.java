package io.hilum.processor.trace;

import io.hilum.contracts.event.DeadLetter;
import io.hilum.contracts.trace.TraceContext;
import io.hilum.processor.study.StudyEvent;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The trace of one record under way. Threading: the task's stream thread; {@link #watch} looks on from any. */
public interface RecordTrace {

    /** Of a record without a trace that nobody records. */
    RecordTrace NONE = new PassingTracer.Passing(Optional.empty());

    /** Notes when its work is done, which may be long before it leaves. */
    void watch(CompletableFuture<?> work);

    /**
     * It leaves, as one or both of these.
     *
     * @return what the records say that leave
     */
    Optional<TraceContext> left(Optional<StudyEvent> study, Optional<DeadLetter> deadLetter);
}
