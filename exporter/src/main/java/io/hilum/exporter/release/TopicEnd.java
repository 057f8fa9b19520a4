package io.hilum.exporter.release;

import io.hilum.contracts.topic.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/** Reads a small topic from its beginning to the end that it has now. */
final class TopicEnd {

    private static final Duration POLL = Duration.ofMillis(200);

    private TopicEnd() {}

    /** @param each takes every record in the order of its partition */
    static <V> void read(Consumer<String, V> consumer, Topic topic, java.util.function.Consumer<ConsumerRecord<String, V>> each) {
        List<PartitionInfo> known = consumer.partitionsFor(topic.name());
        if (known == null || known.isEmpty()) {
            throw new KafkaException("there is no topic " + topic.name() + "; start a service once, it creates the topics");
        }
        List<TopicPartition> partitions =
                known.stream().map(info -> new TopicPartition(info.topic(), info.partition())).toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(POLL).forEach(each);
        }
    }
}
