package io.hilum.benchmarks.stream;

import io.hilum.contracts.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The least that an exactly-once service can do: each record read is one record written, offsets in the same transaction, a
 * commit each commit interval. It reads no event, keeps no study and scores nothing. It batches and fetches as the stream
 * does; all else is Kafka's default.
 */
final class PlainLoop implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(10);

    private final List<Thread> threads;
    private volatile boolean closed;

    /** @param result what is written for each record */
    PlainLoop(House house, int threads, int commitMillis, byte[] result) {
        this.threads = IntStream.range(0, threads)
                .mapToObj(i -> new Thread(() -> run(house.bootstrap(), i, commitMillis, result), "plain-loop-" + i)).toList();
        this.threads.forEach(Thread::start);
    }

    private void run(String bootstrap, int number, int commitMillis, byte[] result) {
        try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap,
                        ConsumerConfig.GROUP_ID_CONFIG, "plain", ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 4 << 20, ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false),
                        new ByteArrayDeserializer(), new ByteArrayDeserializer());
                Producer<byte[], byte[]> producer = new KafkaProducer<>(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap,
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG, "plain-" + number, ProducerConfig.LINGER_MS_CONFIG, 20,
                        ProducerConfig.BATCH_SIZE_CONFIG, 128 << 10, ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 10),
                        new ByteArraySerializer(), new ByteArraySerializer())) {
            consumer.subscribe(List.of(Topics.IMAGES.name()));
            producer.initTransactions();
            while (!closed) {
                transaction(consumer, producer, commitMillis, result);
            }
        } catch (WakeupException | InterruptException stopping) {
            // close() was called.
            return;
        }
    }

    private static void transaction(Consumer<byte[], byte[]> consumer, Producer<byte[], byte[]> producer, int commitMillis, byte[] result) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        if (records.isEmpty()) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        producer.beginTransaction();
        long due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(commitMillis);
        while (true) {
            for (ConsumerRecord<byte[], byte[]> record : records) {
                producer.send(new ProducerRecord<>(Topics.FINDINGS.name(), record.key(), result));
                offsets.put(new TopicPartition(record.topic(), record.partition()), new OffsetAndMetadata(record.offset() + 1));
            }
            if (System.nanoTime() >= due) {
                break;
            }
            records = consumer.poll(POLL);
        }
        producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
        producer.commitTransaction();
    }

    @Override
    public void close() {
        closed = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
