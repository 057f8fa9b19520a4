package io.hilum.processor.chaos;

import io.hilum.contracts.event.StudyFindings;
import io.hilum.contracts.serde.EventSerde;
import io.hilum.contracts.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** A read-committed subscriber of the findings that keeps all it saw, by study. Owned by one thread. */
public final class FindingsReader implements AutoCloseable {

    private final Consumer<String, StudyFindings> consumer;
    private final Map<String, List<StudyFindings>> seen = new HashMap<>();
    private int records;

    public FindingsReader(String bootstrap, int partitions) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed", "auto.offset.reset", "earliest"),
                new StringDeserializer(), EventSerde.of(Topics.FINDINGS, Topics.STUDY_FINDINGS).deserializer());
        List<TopicPartition> all = new ArrayList<>();
        for (int i = 0; i < partitions; i++) {
            all.add(new TopicPartition(Topics.FINDINGS.name(), i));
        }
        consumer.assign(all);
        consumer.seekToBeginning(all);
    }

    /** Reads until the condition holds or the time is over. */
    public void readUntil(Predicate<FindingsReader> enough, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (!enough.test(this) && System.nanoTime() < end) {
            for (ConsumerRecord<String, StudyFindings> record : consumer.poll(Duration.ofMillis(100))) {
                records++;
                seen.computeIfAbsent(record.key(), key -> new ArrayList<>()).add(record.value());
            }
        }
    }

    public int records() {
        return records;
    }

    /** Revisions of each study in the order in which they stand on the topic. */
    public Map<String, List<StudyFindings>> byStudy() {
        return seen;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
