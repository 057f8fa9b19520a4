package io.hilum.sink.store;

import java.util.Optional;

/**
 * What a record did.
 *
 * @param effect for the counters
 * @param change what live pages are told; empty where nothing visible changed
 */
public record Result(Effect effect, Optional<Change> change) {

    /** What storing a record did to the tables. */
    public enum Effect {
        /** The current state changed. */
        STORED,
        /** Known already: a replay. */
        KNOWN,
        /** Older than the current state: kept as history where there is one, nothing else changed. */
        OLDER,
        /** Could not be used: in {@code poison_record}. */
        POISON
    }

    public static Result stored(Change change) {
        return new Result(Effect.STORED, Optional.of(change));
    }

    public static Result unchanged(Effect effect) {
        return new Result(effect, Optional.empty());
    }
}
