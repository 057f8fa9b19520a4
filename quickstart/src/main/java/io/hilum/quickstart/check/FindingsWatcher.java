package io.hilum.quickstart.check;

import io.hilum.contracts.event.ImageFindings;
import io.hilum.contracts.event.StudyFindings;
import io.hilum.contracts.serde.EventSerde;
import io.hilum.contracts.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * A read-committed subscriber of the results topic, as a downstream system would be one.
 *
 * <p>For each image it notes once how long it took from the last byte at the door to the moment when this
 * subscriber held the record. Both clocks are this machine's.
 *
 * <p>Threading: one thread of its own polls; everything public may be called from any thread.
 */
public final class FindingsWatcher implements AutoCloseable {

    /** What is known of a study from its newest revision. */
    private record Seen(StudyFindings findings, Set<String> images) {}

    private final KafkaConsumer<String, StudyFindings> consumer;
    private final Thread thread;
    private final Map<String, Seen> studies = new ConcurrentHashMap<>();
    private final Map<String, Double> latencyMillis = new ConcurrentHashMap<>();
    private final Set<String> revisions = ConcurrentHashMap.newKeySet();
    private final AtomicInteger repeated = new AtomicInteger();
    private volatile Instant firstScored;
    private volatile RuntimeException failure;

    /** Subscribes at the end of the topic: only what comes from now on counts. */
    public FindingsWatcher(String bootstrap) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false),
                new StringDeserializer(),
                EventSerde.of(Topics.FINDINGS, Topics.STUDY_FINDINGS).deserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.FINDINGS.name()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition())).toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        thread = new Thread(this::poll, "findings-watcher");
        thread.setDaemon(true);
        thread.start();
    }

    private void poll() {
        try {
            while (true) {
                for (ConsumerRecord<String, StudyFindings> record : consumer.poll(Duration.ofSeconds(1))) {
                    note(record.value(), Instant.now());
                }
            }
        } catch (WakeupException closing) {
            consumer.close();
        } catch (RuntimeException failed) {
            failure = failed;
            consumer.close();
        }
    }

    private void note(StudyFindings findings, Instant now) {
        if (firstScored == null) {
            firstScored = now;
        }
        if (!revisions.add(findings.getStudyUid() + "/" + findings.getRevision())) {
            repeated.incrementAndGet();
        }
        long nowMicros = ChronoUnit.MICROS.between(Instant.EPOCH, now);
        Set<String> images = new HashSet<>();
        for (ImageFindings image : findings.getImagesList()) {
            images.add(image.getSopInstanceUid());
            latencyMillis.putIfAbsent(
                    image.getSopInstanceUid(), (nowMicros - image.getTimes().getDoor().getReceived()) / 1000.0);
        }
        studies.merge(findings.getStudyUid(), new Seen(findings, images),
                (old, fresh) -> fresh.findings().getRevision() >= old.findings().getRevision() ? fresh : old);
    }

    /** SOP Instance UIDs that some finding names; a copy. */
    public Set<String> images() {
        Set<String> images = new HashSet<>();
        studies.values().forEach(study -> images.addAll(study.images()));
        return images;
    }

    /** The newest revision of a study that came by, or null. */
    public StudyFindings newest(String studyUid) {
        Seen seen = studies.get(studyUid);
        return seen == null ? null : seen.findings();
    }

    /** Study Instance UIDs of these images, as far as they have findings. */
    public Set<String> studyOf(Set<String> images) {
        return studies.entrySet().stream()
                .filter(study -> study.getValue().images().stream().anyMatch(images::contains))
                .map(Map.Entry::getKey).collect(Collectors.toSet());
    }

    /** How often a study's revision came that this subscriber had already. Exactly-once means never. */
    public int repeatedRevisions() {
        return repeated.get();
    }

    /** How many of these studies have a finding. */
    public int studiesAmong(Set<String> studyUids) {
        return (int) studyUids.stream().filter(studies::containsKey).count();
    }

    /** Milliseconds from the last byte at the door to this subscriber, one per image, ascending. */
    public double[] latenciesMillis(Set<String> images) {
        return images.stream().map(latencyMillis::get).filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue).sorted().toArray();
    }

    /** When the first record came, or null. */
    public Instant firstScored() {
        return firstScored;
    }

    /** @throws IllegalStateException when the subscription broke */
    public void requireHealthy() {
        if (failure != null) {
            throw new IllegalStateException("The subscription of the results topic broke: " + failure.getMessage(), failure);
        }
    }

    @Override
    public void close() throws InterruptedException {
        consumer.wakeup();
        thread.join(10_000);
    }
}
