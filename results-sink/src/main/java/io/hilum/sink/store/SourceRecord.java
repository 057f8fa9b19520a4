package io.hilum.sink.store;

import com.google.protobuf.Message;
import io.hilum.contracts.serde.EventSerde;
import io.hilum.contracts.topic.Topic;
import io.hilum.contracts.topic.Topic.EventType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;

/**
 * A record as it stands on a topic.
 *
 * @param topicId Kafka's id of the topic: offsets compare only within one
 */
public record SourceRecord(String topicId, ConsumerRecord<byte[], byte[]> raw) {

    /** Parses the value; tombstones, unknown schemas and broken bytes are rejected. */
    public <E extends Message> E event(Topic topic, EventType<E> type) throws Rejected {
        if (raw.value() == null) {
            throw new Rejected("A record without a value stands on " + topic.name() + ", where nothing is ever deleted.");
        }
        try {
            return EventSerde.of(topic, type).deserializer().deserialize(raw.topic(), raw.headers(), raw.value());
        } catch (SerializationException broken) {
            throw new Rejected(broken.getMessage(), broken);
        }
    }

    /** Whether this record comes after one that was stored before, of the same key and so partition. */
    boolean isAfter(String storedTopicId, Long storedOffset) {
        return storedTopicId == null || storedOffset == null
                || !storedTopicId.equals(topicId) || raw.offset() > storedOffset;
    }
}
