package io.hilum.processor.score;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.streams.processor.internals.ProcessorRecordContext;

/**
 * One record under way.
 *
 * @param key the record's key; records of one key leave in the order in which they came
 * @param origin where the record stood; without its raw bytes, which would be held twice
 * @param outcome completes on any thread; it fails only when it was cancelled, for which no record is to blame
 */
record Pending(String key, ProcessorRecordContext origin, CompletableFuture<Outcome> outcome) {

    Pending {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(outcome, "outcome");
    }
}
