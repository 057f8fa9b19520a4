package io.hilum.benchmarks.stream;

import io.hilum.contracts.topic.Topics;
import io.hilum.processor.stream.StreamsOptions;
import io.hilum.processor.stream.StreamsProperties;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
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
import org.apache.kafka.streams.StreamsConfig;

/**
 * The least that an exactly-once service can do: each record read is one record written, offsets in the same transaction, a
 * commit each commit interval. It reads no event, keeps no study and scores nothing. Its consumers and producers are set as
 * the stream's are.
 */
final class PlainLoop implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(10);

    private final List<Thread> threads;
    private volatile boolean closed;

    /**
     * @param clients of the stream, which these are like
     * @param result what is written for each record
     */
    PlainLoop(StreamsOptions clients, byte[] result) {
        Properties all = StreamsProperties.of(clients);
        Map<String, Object> reading = new HashMap<>(Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, all.get(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG), ConsumerConfig.GROUP_ID_CONFIG, "plain",
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed", ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false));
        copy(all, StreamsConfig.MAIN_CONSUMER_PREFIX, reading);
        // Streams adds the number of each thread to it; two threads with one id would put each other out of the group.
        reading.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        Map<String, Object> writing = new HashMap<>(Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, all.get(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG)));
        copy(all, StreamsConfig.PRODUCER_PREFIX, writing);
        threads = IntStream.range(0, clients.threads()).mapToObj(i -> {
            Map<String, Object> own = new HashMap<>(writing);
            own.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "plain-" + i);
            return new Thread(() -> run(reading, own, clients.commitInterval(), result), "plain-loop-" + i);
        }).toList();
        threads.forEach(Thread::start);
    }

    private static void copy(Properties from, String prefix, Map<String, Object> to) {
        from.keySet().stream().map(Object::toString).filter(name -> name.startsWith(prefix))
                .forEach(name -> to.put(name.substring(prefix.length()), from.get(name)));
    }

    private void run(Map<String, Object> reading, Map<String, Object> writing, Duration commitInterval, byte[] result) {
        try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
                Producer<byte[], byte[]> producer = new KafkaProducer<>(writing, new ByteArraySerializer(), new ByteArraySerializer())) {
            consumer.subscribe(List.of(Topics.IMAGES.name()));
            producer.initTransactions();
            while (!closed) {
                transaction(consumer, producer, commitInterval, result);
            }
        } catch (WakeupException | InterruptException stopping) {
            // close() was called.
            return;
        }
    }

    private static void transaction(Consumer<byte[], byte[]> consumer, Producer<byte[], byte[]> producer, Duration commitInterval,
            byte[] result) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        if (records.isEmpty()) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        producer.beginTransaction();
        long due = System.nanoTime() + commitInterval.toNanos();
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
