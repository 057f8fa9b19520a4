package io.hilum.k8s.containers;

import io.hilum.contracts.event.StudyFindings;
import io.hilum.contracts.serde.EventSerde;
import io.hilum.contracts.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * A read-committed subscriber of all findings, which keeps every revision that it saw.
 *
 * <p>Threading: a thread of its own reads; the getters are free.
 */
final class Subscriber implements AutoCloseable {

    private final Map<String, List<StudyFindings>> seen = new HashMap<>();
    private final Set<String> images = new HashSet<>();
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final String bootstrap;
    private final Thread reader = new Thread(this::read, "subscriber");
    private volatile boolean stopping;
    private RuntimeException failure;

    Subscriber(String bootstrap) {
        this.bootstrap = bootstrap;
        reader.setDaemon(true);
        reader.start();
    }

    /** How many different images have findings. */
    synchronized int images() {
        if (failure != null) {
            throw failure;
        }
        return images.size();
    }

    /** Revisions of each study in the order in which they stand on the topic. */
    synchronized Map<String, List<StudyFindings>> byStudy() {
        Map<String, List<StudyFindings>> copy = new HashMap<>();
        seen.forEach((study, revisions) -> copy.put(study, List.copyOf(revisions)));
        return copy;
    }

    /** Returns when fewer than so many of the images sent are unanswered. */
    synchronized void awaitFewerUnanswered(int sent, int unanswered) throws InterruptedException {
        while (sent - images() >= unanswered) {
            wait();
        }
    }

    /** Whether all that stands before these offsets was read. */
    synchronized boolean hasRead(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> positions.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    @Override
    public void close() throws InterruptedException {
        stopping = true;
        reader.join();
    }

    private void read() {
        try (KafkaConsumer<String, StudyFindings> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed", "default.api.timeout.ms", 120_000),
                new StringDeserializer(), EventSerde.of(Topics.FINDINGS, Topics.STUDY_FINDINGS).deserializer())) {
            List<TopicPartition> all = IntStream.range(0, Brokers.PARTITIONS)
                    .mapToObj(partition -> new TopicPartition(Topics.FINDINGS.name(), partition)).toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            while (!stopping) {
                consumer.poll(Duration.ofMillis(100)).forEach(this::keep);
                all.forEach(partition -> keep(partition, consumer.position(partition)));
            }
        } catch (RuntimeException failed) {
            fail(failed);
        }
    }

    private synchronized void keep(ConsumerRecord<String, StudyFindings> record) {
        seen.computeIfAbsent(record.key(), key -> new ArrayList<>()).add(record.value());
        images.addAll(record.value().getNewSopInstanceUidsList());
        notifyAll();
    }

    private synchronized void keep(TopicPartition partition, long position) {
        positions.put(partition, position);
    }

    private synchronized void fail(RuntimeException failed) {
        failure = failed;
        notifyAll();
    }
}
