package io.hilum.contracts.serde;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.UnsafeByteOperations;
import io.hilum.contracts.event.DeadLetter;
import io.hilum.contracts.topic.Topic;
import io.hilum.contracts.topic.Topic.EventType;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Protobuf on the wire, the schema's name and version in the record's headers; a dead letter's cause and origin, too
 * ({@link DeadLetterHeaders}).
 *
 * <p>A record without the header is read as the topic's usual event, so that a subscriber may produce
 * test records with plain tools. A record whose schema the topic does not declare is refused: an
 * unknown message would otherwise parse as an empty known one.
 *
 * <p>Threading: immutable, free to share.
 */
public final class EventSerde<E extends Message> implements Serde<E> {

    private final Topic topic;
    private final Map<String, EventType<?>> bySchema;

    private EventSerde(Topic topic) {
        this.topic = topic;
        this.bySchema = topic.events().stream().collect(Collectors.toUnmodifiableMap(EventType::schema, Function.identity()));
    }

    /** The serde of a topic that carries several event types. */
    public static EventSerde<Message> of(Topic topic) {
        return new EventSerde<>(topic);
    }

    /** The serde of a topic that carries one event type. */
    public static <E extends Message> EventSerde<E> of(Topic topic, EventType<E> only) {
        if (topic.events().size() != 1 || !topic.events().get(0).equals(only)) {
            throw new IllegalArgumentException(topic.name() + " does not carry only " + only.schema());
        }
        return new EventSerde<>(topic);
    }

    @Override
    public Serializer<E> serializer() {
        return new Serializer<>() {
            @Override
            public byte[] serialize(String name, E event) {
                throw new SerializationException("events need record headers; use the serializer of a producer");
            }

            @Override
            public byte[] serialize(String name, Headers headers, E event) {
                if (event == null) {
                    return null;
                }
                String schema = event.getDescriptorForType().getFullName();
                if (!bySchema.containsKey(schema)) {
                    throw new SerializationException(topic.name() + " may not carry " + schema);
                }
                SchemaHeaders.write(headers, schema);
                if (event instanceof DeadLetter letter) {
                    DeadLetterHeaders.write(headers, letter);
                }
                return event.toByteArray();
            }
        };
    }

    @Override
    public Deserializer<E> deserializer() {
        return new Deserializer<>() {
            @Override
            public E deserialize(String name, byte[] bytes) {
                return parse(null, bytes);
            }

            @Override
            public E deserialize(String name, Headers headers, byte[] bytes) {
                return parse(SchemaHeaders.schemaOf(headers), bytes);
            }
        };
    }

    /** A canvas stays where it is: Kafka hands each record's bytes over in an array of their own. */
    private static CodedInputStream withoutCopies(byte[] bytes) {
        CodedInputStream input = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
        input.enableAliasing(true);
        return input;
    }

    @SuppressWarnings("unchecked")
    private E parse(String schema, byte[] bytes) {
        if (bytes == null) {
            return null;
        }
        EventType<?> type = schema == null ? topic.events().get(0) : bySchema.get(schema);
        if (type == null) {
            throw new SerializationException(topic.name() + " holds a record of unknown schema " + schema);
        }
        try {
            CodedInputStream input = withoutCopies(bytes);
            E event = (E) type.parser().parseFrom(input);
            input.checkLastTagWas(0);
            return event;
        } catch (InvalidProtocolBufferException broken) {
            throw new SerializationException(
                    topic.name() + " holds " + bytes.length + " bytes that are not " + type.schema(), broken);
        }
    }
}
