package io.hilum.contracts.topic;

import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A topic and what may stand on it: name, the events, their key in words, who writes and reads it, clean-up.
 *
 * @param name topic name, e.g. {@code hilum.images}
 * @param key what the record key is, in words
 * @param writers the only modules that write it
 * @param readers the only modules of ours that read it; subscribers from outside get an access of their own
 * @param cleanUp delete or compact
 * @param retention how long a record is kept; {@link #FOR_EVER} for no limit; unused when compacted
 * @param scaled whether the partition count is the installation's (co-partitioned) or one
 * @param events the event types that may stand on it; the first is the usual one
 */
public record Topic(
        String name,
        String key,
        Set<String> writers,
        Set<String> readers,
        CleanUp cleanUp,
        Duration retention,
        boolean scaled,
        List<EventType<?>> events) {

    public static final Duration FOR_EVER = Duration.ofMillis(-1);

    public Topic {
        Objects.requireNonNull(name);
        writers = Set.copyOf(writers);
        readers = Set.copyOf(readers);
        events = List.copyOf(events);
        if (events.isEmpty()) {
            throw new IllegalArgumentException("topic " + name + " declares no event");
        }
    }

    /**
     * An event type: the protobuf message and how to parse it.
     *
     * @param schema full protobuf name, e.g. {@code hilum.v1.ImageReceived}; travels in the record header
     */
    public record EventType<E extends Message>(String schema, Class<E> type, Parser<E> parser) {

        @SuppressWarnings("unchecked")
        public static <E extends Message> EventType<E> of(E defaultInstance) {
            return new EventType<>(
                    defaultInstance.getDescriptorForType().getFullName(),
                    (Class<E>) defaultInstance.getClass(),
                    (Parser<E>) defaultInstance.getParserForType());
        }
    }
}
