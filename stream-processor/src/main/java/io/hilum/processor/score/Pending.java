package io.hilum.processor.score;

import io.hilum.processor.trace.RecordTrace;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.streams.processor.internals.ProcessorRecordContext;

/**
 * One record under way.
 *
 * @param key the record's key; records of one key leave in the order in which they came
 * @param origin where the record stood; without its raw bytes, which would be held twice
 * @param outcome completes on any thread; it fails only where no record is to blame: it was cancelled, or the
 *     engine is broken
 * @param trace which it is part of
 */
record Pending(String key, ProcessorRecordContext origin, CompletableFuture<Outcome> outcome, RecordTrace trace) {

    Pending {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(trace, "trace");
    }

    /** A record without a trace. */
    Pending(String key, ProcessorRecordContext origin, CompletableFuture<Outcome> outcome) {
        this(key, origin, outcome, RecordTrace.NONE);
    }

    /**
     * What became of it, once it is done.
     *
     * @throws StuckWorkException when it was given up: nothing may be committed
     */
    Outcome result() {
        try {
            return outcome.join();
        } catch (CompletionException | CancellationException givenUp) {
            Throwable cause = givenUp.getCause() == null ? givenUp : givenUp.getCause();
            throw new StuckWorkException("Pending work was given up, the records will be read again: " + cause.getMessage(), cause);
        }
    }
}
