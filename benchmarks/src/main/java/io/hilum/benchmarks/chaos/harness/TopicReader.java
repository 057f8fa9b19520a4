package io.hilum.benchmarks.chaos.harness;

import io.hilum.contracts.topic.Topic;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Opens consumers of whole topics, from their beginning. */
final class TopicReader {

    private TopicReader() {}

    static Consumer<String, byte[]> open(String bootstrap, String isolation, List<Topic> topics) {
        Consumer<String, byte[]> consumer = new KafkaConsumer<>(Map.of(
                "bootstrap.servers", bootstrap,
                "isolation.level", isolation,
                "auto.offset.reset", "earliest",
                "enable.auto.commit", "false"), new StringDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> all = topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic.name()).stream())
                .map(part -> new TopicPartition(part.topic(), part.partition()))
                .toList();
        consumer.assign(all);
        consumer.seekToBeginning(all);
        return consumer;
    }
}
