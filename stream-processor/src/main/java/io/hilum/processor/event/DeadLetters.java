package io.hilum.processor.event;

import com.google.protobuf.ByteString;
import io.hilum.contracts.event.DeadLetter;
import io.hilum.contracts.event.DeadLetterKind;
import io.hilum.contracts.event.ImageReceived;
import io.hilum.contracts.event.Origin;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Writes what an administrator reads about records that could not be used. */
public final class DeadLetters {

    public static final String SERVICE = "stream-processor";

    private DeadLetters() {}

    /** An exception may quote a whole record; the letter must itself fit into one. Characters. */
    private static final int MAX_TEXT = 4096;

    /** A study UID has 64 characters at most. */
    private static final int MAX_KEY = 1024;

    /** A record's key as a letter may carry it: a missing one is empty, a monstrous one is cut and is no study's any more. */
    public static String usableKey(String key) {
        if (key == null) {
            return "";
        }
        return key.length() <= MAX_KEY ? key : key.substring(0, MAX_KEY) + "...";
    }

    /** A record that is no sound event, or has no object; it keeps the record itself. */
    public static DeadLetter unreadable(Incoming.Unreadable record, String key, RecordMetadata where, long micros) {
        return letter(where, micros)
                .setCauseCode(record.code())
                .setCause(shortened(record.cause()))
                .setStudyUid(key.length() <= 64 ? key : "")
                .setRecordKey(ByteString.copyFrom(key.getBytes(StandardCharsets.UTF_8)))
                .setRecordValue(ByteString.copyFrom(record.value()))
                .setRecordSchema(record.schema())
                .setRecordBytes(record.bytes())
                .build();
    }

    /** A sound event that could not be used; its object is in the store, so the record is not kept. */
    public static DeadLetter unusable(
            ImageReceived image, String code, String cause, String detail, RecordMetadata where, long micros) {
        return letter(where, micros)
                .setCauseCode(code)
                .setCause(shortened(cause))
                .setDetail(shortened(detail))
                .setStudyUid(image.getStudyUid())
                .setSopInstanceUid(image.getSopInstanceUid())
                .setObjectUri(image.getObjectUri())
                .setSite(image.getSite())
                .setRecordKey(ByteString.copyFromUtf8(image.getStudyUid()))
                .build();
    }

    /** A study that could not become final: no record is to blame for it, so there is none to send again. */
    public static DeadLetter ofStudy(String study, String site, String code, String cause, String detail, long micros) {
        return DeadLetter.newBuilder()
                .setKind(DeadLetterKind.UNPROCESSABLE_RECORD)
                .setOrigin(Origin.newBuilder().setService(SERVICE))
                .setCauseCode(code)
                .setCause(shortened(cause))
                .setDetail(shortened(detail))
                .setStudyUid(study)
                .setSite(site)
                .setRecordKey(ByteString.copyFromUtf8(study))
                .setAt(micros)
                .build();
    }

    private static String shortened(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "...";
    }

    private static DeadLetter.Builder letter(RecordMetadata where, long micros) {
        return DeadLetter.newBuilder()
                .setKind(DeadLetterKind.UNPROCESSABLE_RECORD)
                .setOrigin(Origin.newBuilder()
                        .setService(SERVICE)
                        .setTopic(where.topic())
                        .setPartition(where.partition())
                        .setOffset(where.offset()))
                .setAt(micros);
    }
}
