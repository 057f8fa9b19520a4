package io.hilum.sink.store;

import static io.hilum.sink.store.Values.bind;
import static io.hilum.sink.store.Values.text;
import static io.hilum.sink.store.Values.time;

import io.hilum.contracts.event.DeadLetter;
import io.hilum.contracts.event.DeadLetterKind;
import io.hilum.contracts.event.Origin;
import io.hilum.contracts.topic.Topic;
import io.hilum.contracts.topic.Topics;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * What did not become findings. A dead letter has no key of its own: the digest of its bytes, which
 * hold its time in microseconds, tells a repeated publication from a second refusal.
 *
 * <p>Kafka Streams itself writes raw records here, with {@code __streams.errors.*} headers instead of a
 * {@link DeadLetter}: they are shown too.
 */
@ApplicationScoped
public class DeadLetterStore implements RecordStore {

    private static final String STREAMS = "__streams.errors.";

    @Override
    public Topic topic() {
        return Topics.DEAD_LETTERS;
    }

    @Override
    public Result store(Connection connection, SourceRecord record) throws SQLException, Rejected {
        DeadLetter letter = header(record.raw().headers(), "exception") == null
                ? record.event(Topics.DEAD_LETTERS, Topics.DEAD_LETTER)
                : ofStreams(record);
        Origin origin = letter.getOrigin();
        String cause = text(letter.getCause());
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into dead_letter values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (digest) do nothing""")) {
            bind(insert, Values.sha256(letter.toByteArray()), kind(letter.getKind()), text(letter.getCauseCode()),
                    cause == null ? "The sender gave no reason." : cause, text(letter.getDetail()),
                    text(letter.getSender()), text(letter.getSite()), text(letter.getStudyUid()),
                    text(letter.getSopInstanceUid()), text(letter.getObjectUri()), text(origin.getService()),
                    text(origin.getTopic()), origin.getPartition(), origin.getOffset(),
                    letter.getAt() == 0 ? atOffset(record) : time(letter.getAt()), Values.now());
            return insert.executeUpdate() == 1
                    ? Result.stored(new Change(Change.Kind.DEAD_LETTER, Map.of("kind", kind(letter.getKind()))))
                    : Result.unchanged(Result.Effect.KNOWN);
        }
    }

    /** An unknown kind is still a dead letter: better shown without its kind than not at all. */
    private static String kind(DeadLetterKind kind) {
        return switch (kind) {
            case REFUSED_AT_DOOR, QUARANTINED, UNPROCESSABLE_RECORD -> kind.name();
            case DEAD_LETTER_KIND_UNSPECIFIED, UNRECOGNIZED -> "UNPROCESSABLE_RECORD";
        };
    }

    private static DeadLetter ofStreams(SourceRecord record) {
        Headers headers = record.raw().headers();
        byte[] key = record.raw().key();
        return DeadLetter.newBuilder()
                .setKind(DeadLetterKind.UNPROCESSABLE_RECORD)
                .setCauseCode("streams-exception")
                .setCause("stream-processor could not read or process a record and went on: "
                        + header(headers, "message") + " (" + header(headers, "exception") + ").")
                .setOrigin(Origin.newBuilder()
                        .setService("stream-processor")
                        .setTopic(orEmpty(header(headers, "topic")))
                        .setPartition((int) number(header(headers, "partition")))
                        .setOffset(number(header(headers, "offset"))))
                .setStudyUid(key == null || key.length > 128 ? "" : new String(key, StandardCharsets.UTF_8))
                .setAt(record.raw().timestamp() * 1000)
                .build();
    }

    private static String header(Headers headers, String name) {
        Header header = headers.lastHeader(STREAMS + name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static String orEmpty(String value) {
        return value == null ? "" : value;
    }

    private static long number(String value) {
        try {
            return value == null ? -1 : Long.parseLong(value.strip());
        } catch (NumberFormatException foreign) {
            return -1;
        }
    }

    private static Object atOffset(SourceRecord record) {
        return Instant.ofEpochMilli(record.raw().timestamp()).atOffset(ZoneOffset.UTC);
    }
}
