package io.hilum.ingest.admin;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.hilum.ingest.door.Refusal;
import io.hilum.ingest.door.Way;

/**
 * A refusal as the administrator's list shows it.
 *
 * @param at ISO 8601
 * @param way through which it came
 * @param sender calling AE title, STOW client or file name
 * @param causeCode short stable word
 * @param status what the sender was told, e.g. {@code 0xC011}
 * @param cause what was wrong, where, what to do
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RefusalRecord(
        String at,
        Way way,
        String sender,
        String causeCode,
        String status,
        String cause,
        String studyUid,
        String sopInstanceUid,
        String sopClassUid) {

    public static RefusalRecord of(String at, Way way, String sender, Refusal refusal) {
        return new RefusalRecord(at, way, sender, refusal.cause().code(), "0x%04X".formatted(refusal.cause().status()),
                refusal.sentence(), refusal.studyUid(), refusal.sopInstanceUid(), refusal.sopClassUid());
    }
}
