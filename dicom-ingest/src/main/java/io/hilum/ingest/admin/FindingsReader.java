package io.hilum.ingest.admin;

import io.hilum.contracts.event.ImageFindings;
import io.hilum.contracts.event.Scope;
import io.hilum.contracts.event.StudyFindings;
import io.hilum.contracts.serde.EventSerde;
import io.hilum.contracts.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads the results topic to its end and tells which images have their answer.
 *
 * <p>Threading: free to share; each call has a consumer of its own.
 */
public final class FindingsReader {

    private final Map<String, Object> connection;

    /** @param connection Kafka client settings, at least {@code bootstrap.servers} */
    public FindingsReader(Map<String, Object> connection) {
        this.connection = Map.copyOf(connection);
    }

    /** @return {@link #identity} of every image that any committed finding scored, or found out of scope */
    public Set<String> images() {
        Map<String, Object> config = new HashMap<>(connection);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 15_000);
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        try (KafkaConsumer<String, StudyFindings> consumer = new KafkaConsumer<>(config, new StringDeserializer(),
                EventSerde.of(Topics.FINDINGS, Topics.STUDY_FINDINGS).<StudyFindings>deserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.FINDINGS.name()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition())).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            return read(consumer, consumer.endOffsets(partitions));
        }
    }

    private static Set<String> read(KafkaConsumer<String, StudyFindings> consumer, Map<TopicPartition, Long> ends) {
        Set<String> images = new HashSet<>();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            try {
                for (ConsumerRecord<String, StudyFindings> record : consumer.poll(Duration.ofMillis(500))) {
                    if (record.value() != null) {
                        images.addAll(answered(record.value()));
                    }
                }
            } catch (RecordDeserializationException foreign) {
                // Not ours to judge here; what it says about images cannot be known.
                consumer.seek(foreign.topicPartition(), foreign.offset() + 1);
            }
        }
        return images;
    }

    /** An image that could not be scored is still owed its finding: it must be possible to announce it again. */
    static Set<String> answered(StudyFindings study) {
        return study.getImagesList().stream().filter(image -> image.getScope() != Scope.NOT_SCORED)
                .map(FindingsReader::identity).collect(Collectors.toSet());
    }

    private static String identity(ImageFindings image) {
        return identity(image.getSopInstanceUid(), image.getObjectSha256());
    }

    /** What an image is known by: its UID and the beginning of its digest, as in its object's key. */
    static String identity(String sopInstanceUid, String sha256) {
        return sopInstanceUid + "-" + sha256.substring(0, Math.min(16, sha256.length()));
    }
}
