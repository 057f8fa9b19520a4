package io.hilum.exporter;

import io.hilum.contracts.event.ModelRelease;
import io.hilum.contracts.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/** Reads what was released, to the topic's end. Used by one thread. */
final class ReleaseReader {

    private static final Duration POLL = Duration.ofMillis(200);

    private final Consumer<String, ModelRelease> consumer;

    ReleaseReader(Consumer<String, ModelRelease> consumer) {
        this.consumer = consumer;
    }

    /** The line's newest release; a tombstone ends the line. */
    Optional<ModelRelease> latest(String line) {
        List<PartitionInfo> known = consumer.partitionsFor(Topics.MODELS.name());
        if (known == null || known.isEmpty()) {
            throw new KafkaException("there is no topic " + Topics.MODELS.name() + "; start a service once, it creates the topics");
        }
        List<TopicPartition> partitions =
                known.stream().map(info -> new TopicPartition(info.topic(), info.partition())).toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Optional<ModelRelease> latest = Optional.empty();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            for (ConsumerRecord<String, ModelRelease> record : consumer.poll(POLL)) {
                if (record.key().equals(line)) {
                    latest = Optional.ofNullable(record.value());
                }
            }
        }
        return latest;
    }
}
