package io.hilum.exporter;

import io.hilum.contracts.event.ModelRelease;
import io.hilum.contracts.topic.Topics;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.Consumer;

/** Reads what was released, to the topic's end. Used by one thread. */
final class ReleaseReader {

    private final Consumer<String, ModelRelease> consumer;

    ReleaseReader(Consumer<String, ModelRelease> consumer) {
        this.consumer = consumer;
    }

    /** The line's newest release; a tombstone ends the line. */
    Optional<ModelRelease> latest(String line) {
        AtomicReference<ModelRelease> latest = new AtomicReference<>();
        TopicEnd.read(consumer, Topics.MODELS, record -> {
            if (record.key().equals(line)) {
                latest.set(record.value());
            }
        });
        return Optional.ofNullable(latest.get());
    }
}
