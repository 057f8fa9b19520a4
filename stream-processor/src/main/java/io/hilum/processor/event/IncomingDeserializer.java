package io.hilum.processor.event;

import com.google.protobuf.Message;
import io.hilum.contracts.event.ImageReceived;
import io.hilum.contracts.event.StudyWithdrawn;
import io.hilum.contracts.serde.EventSerde;
import io.hilum.contracts.serde.SchemaHeaders;
import io.hilum.contracts.topic.Topic;
import io.hilum.processor.event.Incoming.Unreadable;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads any bytes: what is not a sound event becomes {@link Unreadable}, so that a poison record goes the
 * ordinary way to the dead letters and never stops the stream.
 *
 * <p>Threading: immutable, free to share.
 */
public final class IncomingDeserializer implements Deserializer<Incoming> {

    private final Deserializer<Message> events;

    public IncomingDeserializer(Topic topic) {
        this.events = EventSerde.of(topic).deserializer();
    }

    @Override
    public Incoming deserialize(String topic, byte[] bytes) {
        return deserialize(topic, null, bytes);
    }

    @Override
    public Incoming deserialize(String topic, Headers headers, byte[] bytes) {
        String schema = Objects.requireNonNullElse(SchemaHeaders.schemaOf(headers), "");
        if (bytes == null) {
            return Unreadable.of("empty-record", "The record has no value. Nothing was scored; the writer of "
                    + topic + " must not send empty records.", schema, null);
        }
        try {
            return checked(topic, headers == null ? events.deserialize(topic, bytes)
                    : events.deserialize(topic, headers, bytes), schema, bytes);
        } catch (RuntimeException unreadable) {
            return Unreadable.of("unreadable-record", "The record cannot be read: " + unreadable.getMessage()
                    + ". Nothing was scored; look for a foreign or outdated writer of " + topic + ".", schema, bytes);
        }
    }

    private static Incoming checked(String topic, Message event, String schema, byte[] bytes) {
        if (event instanceof ImageReceived image) {
            Optional<String> problem = EventCheck.problemOf(image);
            return problem.<Incoming>map(sentence -> Unreadable.of("invalid-event", sentence, schema, bytes))
                    .orElseGet(() -> new Incoming.Image(image));
        }
        if (event instanceof StudyWithdrawn withdrawn) {
            Optional<String> problem = EventCheck.problemOf(withdrawn);
            return problem.<Incoming>map(sentence -> Unreadable.of("invalid-event", sentence, schema, bytes))
                    .orElseGet(() -> new Incoming.Withdrawal(withdrawn));
        }
        return Unreadable.of("unexpected-event", "A " + event.getDescriptorForType().getFullName()
                + " has no place on " + topic + ". Nothing was scored.", schema, bytes);
    }
}
