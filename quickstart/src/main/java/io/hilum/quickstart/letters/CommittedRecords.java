package io.hilum.quickstart.letters;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads committed records of any topic as bytes, up to the end that the topic has when it begins: it never waits for
 * more. In no group, so it moves nobody's place.
 *
 * <p>Threading: owned by one thread; {@link #close()} too.
 */
public final class CommittedRecords implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration WAIT = Duration.ofSeconds(15);
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

    private final Consumer<byte[], byte[]> consumer;

    /** @param connection Kafka client settings, at least {@code bootstrap.servers} */
    public CommittedRecords(Map<String, Object> connection) {
        Map<String, Object> settings = new HashMap<>(connection);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(WAIT.toMillis()));
        consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * @param since records with an older timestamp may be left out
     * @param each takes every record, in the order of its partition
     * @param progress told after each poll how many offsets of how many are behind us
     */
    void read(String topic, Optional<Instant> since, java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> each,
            BiConsumer<Long, Long> progress) {
        List<TopicPartition> partitions = partitions(topic);
        consumer.assign(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<TopicPartition, Long> starts = starts(partitions, since, ends);
        starts.forEach(consumer::seek);
        long all = sum(ends) - sum(starts);
        long heard = System.nanoTime();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            long before = positions(partitions);
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.offset() < ends.get(new TopicPartition(topic, record.partition()))) {
                    each.accept(record);
                }
            }
            long now = positions(partitions);
            heard = requireProgress(topic, now > before, heard);
            progress.accept(Math.min(all, now - sum(starts)), all);
        }
    }

    /** One record; empty when retention has removed it, or nothing committed stands there. */
    Optional<ConsumerRecord<byte[], byte[]>> at(TopicPartition where, long offset) {
        if (partitions(where.topic()).stream().noneMatch(where::equals)) {
            return Optional.empty();
        }
        List<TopicPartition> only = List.of(where);
        consumer.assign(only);
        long end = consumer.endOffsets(only).get(where);
        if (offset < consumer.beginningOffsets(only).get(where) || offset >= end) {
            return Optional.empty();
        }
        consumer.seek(where, offset);
        long heard = System.nanoTime();
        while (consumer.position(where) <= offset) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                // An aborted record is left out: then the first one that comes is a later one.
                return Optional.of(record).filter(found -> found.offset() == offset);
            }
            heard = requireProgress(where.topic(), false, heard);
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        consumer.close();
    }

    private List<TopicPartition> partitions(String topic) {
        List<PartitionInfo> known;
        try {
            known = consumer.partitionsFor(topic);
        } catch (TimeoutException silent) {
            throw new KafkaException("Kafka did not answer within " + WAIT.toSeconds() + " s. Is the broker up, and is --bootstrap its"
                    + " address?", silent);
        }
        if (known == null || known.isEmpty()) {
            throw new KafkaException("there is no topic " + topic + "; start a service once, it creates the topics");
        }
        return known.stream().map(info -> new TopicPartition(info.topic(), info.partition())).toList();
    }

    private Map<TopicPartition, Long> starts(
            List<TopicPartition> partitions, Optional<Instant> since, Map<TopicPartition, Long> ends) {
        if (since.isEmpty()) {
            return consumer.beginningOffsets(partitions);
        }
        Map<TopicPartition, Long> wanted = new HashMap<>();
        partitions.forEach(partition -> wanted.put(partition, since.get().toEpochMilli()));
        Map<TopicPartition, Long> starts = new HashMap<>(ends);
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(wanted);
        found.forEach((partition, first) -> {
            if (first != null) {
                starts.merge(partition, first.offset(), Math::min);
            }
        });
        return starts;
    }

    private long positions(List<TopicPartition> partitions) {
        return partitions.stream().mapToLong(consumer::position).sum();
    }

    private static long sum(Map<TopicPartition, Long> offsets) {
        return offsets.values().stream().mapToLong(Long::longValue).sum();
    }

    private static long requireProgress(String topic, boolean gotOn, long heard) {
        long now = System.nanoTime();
        if (!gotOn && now - heard > LONGEST_SILENCE.toNanos()) {
            throw new KafkaException("the broker gave nothing of " + topic + " for " + LONGEST_SILENCE.toSeconds()
                    + " s. Is it up, and may this user read the topic?");
        }
        return gotOn ? now : heard;
    }
}
