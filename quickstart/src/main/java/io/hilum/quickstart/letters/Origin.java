package io.hilum.quickstart.letters;

import com.google.protobuf.Message;
import io.hilum.contracts.event.DeadLetter;
import io.hilum.contracts.event.DeadLetterKind;
import io.hilum.contracts.event.ImageReceived;
import io.hilum.contracts.serde.EventSerde;
import io.hilum.contracts.serde.SchemaHeaders;
import io.hilum.contracts.topic.Topic;
import io.hilum.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * What a letter is about, as far as it can be had again. Every letter is one of these.
 *
 * <p>A record is taken from the letter where it holds all of it, else from its own topic while it is there; it must be
 * the one that the letter speaks of. An image whose record is gone is still in the object store.
 */
sealed interface Origin {

    /** The record itself, with the key and the schema that it must have to be read again. */
    record Found(Topic topic, byte[] key, Headers headers, byte[] value) implements Origin {}

    /**
     * Only the object is left, in dicom-ingest's store.
     *
     * @param quarantined it could not be rendered
     */
    record Stored(String uri, boolean quarantined) implements Origin {}

    /** @param sentence why there is nothing to send again */
    record Nothing(String sentence) implements Origin {}

    /** Where a record may be sent again: what the stream reads. */
    Set<Topic> REPLAYABLE = Set.of(Topics.IMAGES, Topics.IMAGES_STAT);

    static Origin of(Letter letter, CommittedRecords records) {
        DeadLetter body = letter.body();
        if (body.getKind() == DeadLetterKind.REFUSED_AT_DOOR) {
            return new Nothing("It was refused at the door and never stored: its sender must send it again.");
        }
        if (body.getKind() == DeadLetterKind.QUARANTINED || !letter.isOfRecord()) {
            return stored(body, "It names neither a record nor a stored object; there is nothing to send again.");
        }
        String name = body.getOrigin().getTopic();
        Optional<Topic> topic = REPLAYABLE.stream().filter(each -> each.name().equals(name)).findFirst();
        if (topic.isEmpty()) {
            return new Nothing("It came from " + name + ", which the scoring stream does not read.");
        }
        if (letter.holdsRecord()) {
            return new Found(topic.get(), body.getRecordKey().toByteArray(), schema(body.getRecordSchema()),
                    body.getRecordValue().toByteArray());
        }
        TopicPartition where = new TopicPartition(name, body.getOrigin().getPartition());
        long offset = body.getOrigin().getOffset();
        return records.at(where, offset)
                .map(record -> ofRecord(letter, topic.get(), record))
                .orElseGet(() -> stored(body, "Its record at " + where + "@" + offset + " is gone from the topic, and no stored"
                        + " object is named."));
    }

    private static Origin ofRecord(Letter letter, Topic topic, ConsumerRecord<byte[], byte[]> record) {
        String place = topic.name() + "-" + record.partition() + "@" + record.offset();
        if (record.value() == null) {
            return new Nothing("The record at " + place + " is empty: there is nothing to send again.");
        }
        byte[] key = record.key() == null ? new byte[0] : record.key();
        if (!Arrays.equals(key, letter.key())) {
            return new Nothing("The record at " + place + " has another key than the letter: the topic was made anew"
                    + " meanwhile. Look for the study with ./hilum reconcile.");
        }
        String image = letter.body().getSopInstanceUid();
        if (!image.isEmpty() && !image.equals(imageOf(topic, record))) {
            return new Nothing("The record at " + place + " is not image " + image + ": the topic was made anew meanwhile."
                    + " Look for the study with ./hilum reconcile.");
        }
        // An image that stood under another study's key goes under its own: that is what was wrong with it.
        byte[] right = image.isEmpty() ? key : letter.body().getStudyUid().getBytes(StandardCharsets.UTF_8);
        return new Found(topic, right, record.headers(), record.value());
    }

    private static String imageOf(Topic topic, ConsumerRecord<byte[], byte[]> record) {
        try {
            Message event = EventSerde.of(topic).deserializer().deserialize(topic.name(), record.headers(), record.value());
            return event instanceof ImageReceived image ? image.getSopInstanceUid() : "";
        } catch (RuntimeException unreadable) {
            return "";
        }
    }

    private static Origin stored(DeadLetter body, String otherwise) {
        return body.getObjectUri().isEmpty() ? new Nothing(otherwise)
                : new Stored(body.getObjectUri(), body.getKind() == DeadLetterKind.QUARANTINED);
    }

    private static Headers schema(String name) {
        Headers headers = new RecordHeaders();
        if (!name.isEmpty()) {
            headers.add(SchemaHeaders.SCHEMA, name.getBytes(StandardCharsets.UTF_8));
        }
        return headers;
    }
}
