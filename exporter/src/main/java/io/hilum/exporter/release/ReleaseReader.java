package io.hilum.exporter.release;

import io.hilum.contracts.event.ModelRelease;
import io.hilum.contracts.topic.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What is released, read to the topic's end and then followed. Used by one thread. */
final class ReleaseReader {

    private final Consumer<String, ModelRelease> consumer;
    private final Map<String, ModelRelease> latest = new TreeMap<>();

    ReleaseReader(Consumer<String, ModelRelease> consumer) {
        this.consumer = consumer;
    }

    /** Reads all that stands on the topic now. */
    void readToEnd() {
        TopicEnd.read(consumer, Topics.MODELS, this::take);
    }

    /** Takes what came since, without waiting. */
    void readOn() {
        consumer.poll(Duration.ZERO).forEach(this::take);
    }

    /** The line's newest release; a tombstone ends the line. */
    Optional<ModelRelease> latest(String line) {
        return Optional.ofNullable(latest.get(line));
    }

    Set<String> lines() {
        return latest.keySet();
    }

    private void take(ConsumerRecord<String, ModelRelease> record) {
        if (record.value() == null) {
            latest.remove(record.key());
        } else {
            latest.put(record.key(), record.value());
        }
    }
}
