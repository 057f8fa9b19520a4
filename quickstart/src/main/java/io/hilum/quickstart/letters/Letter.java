package io.hilum.quickstart.letters;

import io.hilum.contracts.event.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A dead letter as it stands on the topic.
 *
 * @param id where it stands
 * @param key the letter's own key, which is the origin's; a missing one is empty
 * @param headers the record's headers as text
 * @param body what it says
 */
public record Letter(LetterId id, byte[] key, Map<String, String> headers, DeadLetter body) {

    static Letter of(ConsumerRecord<byte[], byte[]> record, DeadLetter body) {
        Map<String, String> headers = new LinkedHashMap<>();
        record.headers().forEach(header -> headers.put(header.key(),
                header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8)));
        return new Letter(new LetterId(record.partition(), record.offset()),
                record.key() == null ? new byte[0] : record.key(), headers, body);
    }

    /** When it was written. */
    public Instant at() {
        return Instant.EPOCH.plus(body.getAt(), ChronoUnit.MICROS);
    }

    /** Whether the letter's origin is a record on a topic. */
    public boolean isOfRecord() {
        return !body.getOrigin().getTopic().isEmpty();
    }

    /** Whether the letter holds the whole record, and not only its beginning. */
    public boolean holdsRecord() {
        return body.getRecordBytes() > 0 && body.getRecordValue().size() == body.getRecordBytes();
    }

    /** What it is about, for people: the image where there is one, else the study, else whoever sent it. */
    public String about() {
        if (!body.getSopInstanceUid().isEmpty()) {
            return "image " + body.getSopInstanceUid();
        }
        if (!body.getStudyUid().isEmpty()) {
            return "study " + body.getStudyUid();
        }
        return body.getSender().isEmpty() ? "" : "from " + body.getSender();
    }
}
