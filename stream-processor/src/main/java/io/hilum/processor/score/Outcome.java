package io.hilum.processor.score;

import io.hilum.contracts.event.DeadLetter;
import io.hilum.processor.study.StudyEvent;
import java.util.Objects;
import java.util.Optional;

/**
 * What became of one input record; at least one of the two is there.
 *
 * @param study goes on to the study
 * @param deadLetter goes to the dead letters
 */
record Outcome(Optional<StudyEvent> study, Optional<DeadLetter> deadLetter) {

    Outcome {
        if (study.isEmpty() && deadLetter.isEmpty()) {
            throw new IllegalArgumentException("A record must not vanish: neither a study event nor a dead letter.");
        }
    }

    static Outcome of(StudyEvent event) {
        return new Outcome(Optional.of(event), Optional.empty());
    }

    static Outcome of(DeadLetter letter) {
        return new Outcome(Optional.empty(), Optional.of(letter));
    }

    /** Not scored: the study says so, and the administrator learns why. */
    static Outcome of(StudyEvent event, DeadLetter letter) {
        return new Outcome(Optional.of(event), Optional.of(Objects.requireNonNull(letter)));
    }
}
