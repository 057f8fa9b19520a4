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

    /** A record that is no sound event; it keeps the record itself. */
    public static DeadLetter unreadable(Incoming.Unreadable record, String key, RecordMetadata where, long micros) {
        return letter(where, micros)
                .setCauseCode(record.code())
                .setCause(record.cause())
                .setStudyUid(key.length() <= 64 ? key : "")
                .setRecordKey(ByteString.copyFrom(key.getBytes(StandardCharsets.UTF_8)))
                .setRecordValue(ByteString.copyFrom(record.value()))
                .build();
    }

    /** A sound event that could not be used; its object is in the store, so the record is not kept. */
    public static DeadLetter unusable(
            ImageReceived image, String code, String cause, String detail, RecordMetadata where, long micros) {
        return letter(where, micros)
                .setCauseCode(code)
                .setCause(cause)
                .setDetail(detail)
                .setStudyUid(image.getStudyUid())
                .setSopInstanceUid(image.getSopInstanceUid())
                .setObjectUri(image.getObjectUri())
                .setSite(image.getSite())
                .setRecordKey(ByteString.copyFromUtf8(image.getStudyUid()))
                .build();
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
