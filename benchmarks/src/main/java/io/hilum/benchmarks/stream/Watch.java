package io.hilum.benchmarks.stream;

import io.hilum.contracts.topic.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A read-committed subscriber of the results topic: what counts is what it has seen. One thread. */
final class Watch implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration STUCK = Duration.ofSeconds(60);

    private final Consumer<byte[], byte[]> consumer;

    Watch(String bootstrap) {
        consumer = new KafkaConsumer<>(Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed", ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"),
                new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(IntStream.range(0, House.PARTITIONS).mapToObj(i -> new TopicPartition(Topics.FINDINGS.name(), i)).toList());
    }

    /**
     * Waits for records.
     *
     * @param each gets each value and when it was seen, microseconds since the epoch
     * @throws IOException when nothing comes for a minute
     */
    void await(int records, BiConsumer<byte[], Long> each) throws IOException {
        long last = System.nanoTime();
        for (int seen = 0; seen < records; ) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                each.accept(record.value(), Films.micros());
                seen++;
                last = System.nanoTime();
            }
            if (System.nanoTime() - last > STUCK.toNanos()) {
                throw new IOException("Only " + seen + " of " + records + " results came; the last one a minute ago.");
            }
        }
    }

    /** @return records a second, from a fifth of them on: until then all is cold; to nine tenths: then partitions run dry */
    double rate(int records) throws IOException {
        int cold = records / 5;
        int full = records - records / 10 - 1;
        long[] seenAt = new long[records];
        int[] seen = {0};
        await(records, (value, at) -> seenAt[Math.min(seen[0]++, records - 1)] = at);
        return (full - cold) / ((seenAt[full] - seenAt[cold]) / 1e6);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
