package io.hilum.processor.swap;

import io.hilum.contracts.event.ModelStatus;
import io.hilum.contracts.serde.EventSerde;
import io.hilum.contracts.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What compaction would leave of the status topic. Owned by one thread. */
final class StatusReader implements AutoCloseable {

    private final KafkaConsumer<String, ModelStatus> consumer;
    private final Map<String, ModelStatus> last = new HashMap<>();

    StatusReader(String bootstrap) {
        consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", bootstrap), new StringDeserializer(),
                EventSerde.of(Topics.MODEL_STATUS_TOPIC, Topics.MODEL_STATUS).deserializer());
        List<TopicPartition> only = List.of(new TopicPartition(Topics.MODEL_STATUS_TOPIC.name(), 0));
        consumer.assign(only);
        consumer.seekToBeginning(only);
    }

    void readOn() {
        consumer.poll(Duration.ofMillis(100)).forEach(record -> {
            if (record.value() == null) {
                last.remove(record.key());
            } else {
                last.put(record.key(), record.value());
            }
        });
    }

    /** E.g. {@code 2 REFUSED}; empty where the instance says nothing of the slot in that generation or since that time. */
    String said(String instance, String slot, long generation, long sinceMicros) {
        ModelStatus status = last.get(instance + "/" + PixelEngine.LINE + "/" + slot);
        return status == null || status.getGeneration() != generation || status.getAt() < sinceMicros
                ? "" : status.getVersion() + " " + status.getState();
    }

    String reason(String instance, String slot) {
        return last.get(instance + "/" + PixelEngine.LINE + "/" + slot).getReason();
    }

    @Override
    public String toString() {
        return last.toString();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
