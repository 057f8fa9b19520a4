package io.hilum.ingest.crash;

import com.google.protobuf.Message;
import io.hilum.contracts.serde.EventSerde;
import io.hilum.contracts.topic.Topics;
import io.hilum.contracts.trace.TraceContext;
import io.hilum.contracts.trace.TraceHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What stands on a topic now. */
final class Topic {

    private Topic() {}

    static List<Message> read(String bootstrap, io.hilum.contracts.topic.Topic topic) {
        return records(bootstrap, topic).stream().map(ConsumerRecord::value).toList();
    }

    private static List<ConsumerRecord<String, Message>> records(String bootstrap, io.hilum.contracts.topic.Topic topic) {
        List<ConsumerRecord<String, Message>> records = new ArrayList<>();
        try (KafkaConsumer<String, Message> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "auto.offset.reset", "earliest", "enable.auto.commit", "false"),
                new StringDeserializer(), EventSerde.of(topic).deserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition())).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records;
    }

    /** The different traces in which an image stands on hilum.images. */
    static Set<TraceContext> traces(String bootstrap, String uid) {
        return records(bootstrap, Topics.IMAGES).stream()
                .filter(record -> ((io.hilum.contracts.event.ImageReceived) record.value()).getSopInstanceUid().equals(uid))
                .map(record -> TraceHeaders.read(record.headers()).orElseThrow()).collect(Collectors.toSet());
    }

    /** SOP Instance UIDs on hilum.images, repetitions included. */
    static List<String> images(String bootstrap) {
        return read(bootstrap, Topics.IMAGES).stream()
                .map(event -> ((io.hilum.contracts.event.ImageReceived) event).getSopInstanceUid()).toList();
    }
}
