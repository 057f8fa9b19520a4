package io.hilum.quickstart;

import com.google.protobuf.Message;
import io.hilum.contracts.event.ImageReceived;
import io.hilum.contracts.event.StudyFindings;
import io.hilum.contracts.serde.EventSerde;
import io.hilum.contracts.topic.Topic;
import io.hilum.contracts.topic.Topics;
import io.hilum.contracts.trace.TraceHeaders;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The trace ids under which images stand on a topic now, by SOP Instance UID; empty where a record names none. */
final class TraceReader {

    private TraceReader() {}

    static Map<String, String> ofImages(String bootstrap, Set<String> images) {
        return read(bootstrap, Topics.IMAGES, images,
                event -> event instanceof ImageReceived image ? List.of(image.getSopInstanceUid()) : List.of());
    }

    static Map<String, String> ofFindings(String bootstrap, Set<String> images) {
        return read(bootstrap, Topics.FINDINGS, images, event -> ((StudyFindings) event).getNewSopInstanceUidsList());
    }

    private static Map<String, String> read(
            String bootstrap, Topic topic, Set<String> images, Function<Message, List<String>> about) {
        Map<String, String> traces = new HashMap<>();
        try (KafkaConsumer<String, Message> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed"),
                new StringDeserializer(), EventSerde.of(topic).deserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition())).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<String, Message> record : consumer.poll(Duration.ofMillis(200))) {
                    about.apply(record.value()).stream().filter(images::contains).forEach(image -> traces.put(image,
                            TraceHeaders.read(record.headers()).map(trace -> trace.traceId()).orElse("")));
                }
            }
        }
        return traces;
    }
}
