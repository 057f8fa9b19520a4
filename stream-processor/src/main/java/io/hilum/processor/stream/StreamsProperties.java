package io.hilum.processor.stream;

import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/** Options in Kafka's own words. */
public final class StreamsProperties {

    /** As large as a record may be on any topic of the house. */
    private static final int MAX_RECORD_BYTES = 8 << 20;

    private StreamsProperties() {}

    public static Properties of(StreamsOptions options) {
        Properties all = new Properties();
        all.putAll(options.clients());
        all.put(StreamsConfig.APPLICATION_ID_CONFIG, options.applicationId());
        all.put(StreamsConfig.STATE_DIR_CONFIG, options.stateDir().toString());
        all.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, options.threads());
        all.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        all.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, options.commitInterval().toMillis());
        all.put(StreamsConfig.POLL_MS_CONFIG, options.poll().toMillis());
        all.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, options.bufferedRecords());
        all.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, options.replication());
        all.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, options.standbyReplicas());
        // Behind the drain no store may cache; this holds even if one is declared with a cache by mistake.
        all.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        all.put(StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG), MAX_RECORD_BYTES);
        all.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, StateMemory.class);
        addConsumer(all, options);
        addProducer(all, options);
        return all;
    }

    private static void addConsumer(Properties all, StreamsOptions options) {
        all.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), options.maxPollRecords());
        all.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG),
                Math.toIntExact(options.maxPollInterval().toMillis()));
        int session = Math.toIntExact(options.sessionTimeout().toMillis());
        all.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), session);
        all.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), Math.max(1, session / 3));
        // At the start of a topic, never at its end: an image that came before the first start is scored too.
        all.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        // The broker answers as soon as there is a byte: an urgent image waits for no company.
        all.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.FETCH_MIN_BYTES_CONFIG), 1);
        // What is fetched and not yet taken stands before an urgent image.
        all.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.FETCH_MAX_BYTES_CONFIG), options.fetchBytes());
        all.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG), options.fetchBytes());
        // As much as the operating system finds good: the default, 64 KiB, is a third of an image, and the broker waits for room
        // in it again and again.
        all.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.RECEIVE_BUFFER_CONFIG), -1);
        options.instanceId().ifPresent(id -> all.put(
                StreamsConfig.mainConsumerPrefix(CommonClientConfigs.GROUP_INSTANCE_ID_CONFIG), id));
    }

    private static void addProducer(Properties all, StreamsOptions options) {
        all.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
                Math.toIntExact(options.transactionTimeout().toMillis()));
        all.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), MAX_RECORD_BYTES);
        // Nobody reads a record before its commit, which sends what is left: a batch may gather for a part of the time between
        // two. Small ones cost more than their records do, here and in the broker.
        all.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 20);
        all.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 128 << 10);
        // A transaction that begins while the last one's markers are still being written is told to come back;
        // at ten commits a second the default of 100 ms would be a good part of every image's delay.
        all.put(StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MS_CONFIG), 10);
        // A hundredth of what comes in leaves, in small batches: to compress them costs more than their bytes.
        all.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "none");
    }
}
