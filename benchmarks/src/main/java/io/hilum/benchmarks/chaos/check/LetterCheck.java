package io.hilum.benchmarks.chaos.check;

import java.util.HashMap;
import java.util.Map;

/** Poison records against the dead letters: one each, and none of anything else. Owned by one thread. */
final class LetterCheck {

    private final Verdict verdict;
    /** By topic, partition and offset: the cause code that must come. */
    private final Map<String, String> expected = new HashMap<>();
    private final Map<String, Letter> came = new HashMap<>();

    LetterCheck(Verdict verdict) {
        this.verdict = verdict;
    }

    void expect(Sent sent) {
        if (sent.kind().letter() != null) {
            expected.put(sent.place(), sent.kind().letter());
        }
    }

    void next(Letter letter) {
        String code = expected.get(letter.place());
        if (!letter.code().equals(code)) {
            verdict.add(Violation.DEAD_LETTER_UNEXPECTED, "The record at " + letter.place() + " of study " + letter.study()
                    + " is a dead letter with the cause " + letter.code() + (code == null ? "; it is sound." : ", not " + code + "."));
        }
        if (came.putIfAbsent(letter.place(), letter) != null) {
            verdict.add(Violation.DUPLICATED, "The record at " + letter.place() + " has a second dead letter.");
        }
    }

    void end() {
        expected.forEach((place, code) -> {
            if (!came.containsKey(place)) {
                verdict.add(Violation.DEAD_LETTER_MISSING, "The record at " + place + " has no dead letter; it must have " + code + ".");
            }
        });
    }
}
