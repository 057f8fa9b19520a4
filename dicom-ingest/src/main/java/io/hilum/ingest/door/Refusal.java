package io.hilum.ingest.door;

import java.util.Objects;

/**
 * An object that was not taken, and why. It is not stored anywhere. Whatever the object holds, a refusal is small:
 * its texts are cut to the lengths of {@link Excerpt}.
 *
 * @param cause the kind of reason
 * @param sentence what was wrong, where, what to do, for an administrator
 * @param studyUid empty where it is not known
 * @param sopInstanceUid empty where it is not known
 * @param sopClassUid empty where it is not known
 */
public record Refusal(RefusalCause cause, String sentence, String studyUid, String sopInstanceUid, String sopClassUid)
        implements Receipt {

    public Refusal {
        Objects.requireNonNull(cause);
        sentence = Excerpt.ofSentence(sentence);
        studyUid = Excerpt.ofValue(studyUid);
        sopInstanceUid = Excerpt.ofValue(sopInstanceUid);
        sopClassUid = Excerpt.ofValue(sopClassUid);
    }
}
