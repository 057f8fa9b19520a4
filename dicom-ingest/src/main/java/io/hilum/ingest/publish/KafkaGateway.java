package io.hilum.ingest.publish;

import com.google.protobuf.Message;
import io.hilum.contracts.serde.EventSerde;
import io.hilum.contracts.topic.Topic;
import io.hilum.contracts.topic.TopicAdmin;
import io.hilum.contracts.trace.TraceContext;
import io.hilum.contracts.trace.TraceHeaders;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The topics on a real broker: idempotent producer, acks from all in-sync replicas.
 *
 * <p>Threading: free to share. {@code KafkaProducer.send} may block for seconds while the broker is away, so a thread
 * of our own calls it.
 */
public final class KafkaGateway implements Gateway {

    private static final int MAX_RECORD_BYTES = 8 << 20;

    private final Map<String, Object> connection;
    private final int partitions;
    private final short replication;
    private final ExecutorService sender;
    private final Map<Topic, Serializer<Message>> serializers = new ConcurrentHashMap<>();
    private KafkaProducer<String, byte[]> producer;
    private boolean closed;

    /**
     * @param connection Kafka client settings, at least {@code bootstrap.servers}
     * @param partitions see {@link TopicAdmin}
     * @param replication see {@link TopicAdmin}
     */
    public KafkaGateway(Map<String, Object> connection, int partitions, short replication) {
        this.connection = Map.copyOf(connection);
        this.partitions = partitions;
        this.replication = replication;
        this.sender = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "ingest-sender");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public void prepare() throws InterruptedException {
        Map<String, Object> config = new HashMap<>(connection);
        config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        config.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 2_000);
        try (Admin admin = Admin.create(config)) {
            new TopicAdmin(admin, partitions, replication).createAndCheck();
        } catch (IllegalStateException failed) {
            // The check itself speaks without a cause; everything else is the broker's absence or refusal.
            throw failed.getCause() == null ? new TopicsDifferException(failed.getMessage()) : failed;
        }
    }

    @Override
    public CompletableFuture<Void> send(Topic topic, String key, Message event, Optional<TraceContext> trace) {
        CompletableFuture<Void> acknowledged = new CompletableFuture<>();
        try {
            sender.execute(() -> sendNow(topic, key, event, trace, acknowledged));
        } catch (java.util.concurrent.RejectedExecutionException stopping) {
            acknowledged.completeExceptionally(stopping);
        }
        return acknowledged;
    }

    private void sendNow(Topic topic, String key, Message event, Optional<TraceContext> trace,
            CompletableFuture<Void> acknowledged) {
        try {
            Headers headers = TraceHeaders.of(trace);
            byte[] value = serializers.computeIfAbsent(topic, t -> EventSerde.of(t).serializer())
                    .serialize(topic.name(), headers, event);
            ProducerRecord<String, byte[]> sent = new ProducerRecord<>(topic.name(), null, key, value, headers);
            KafkaProducer<String, byte[]> current = producer();
            current.send(sent, (metadata, failed) -> {
                if (failed == null) {
                    acknowledged.complete(null);
                } else {
                    fail(current, acknowledged, failed);
                }
            });
        } catch (RuntimeException failed) {
            fail(null, acknowledged, failed);
        }
    }

    private void fail(KafkaProducer<String, byte[]> used, CompletableFuture<Void> acknowledged, Exception failed) {
        if (failed instanceof RecordTooLargeException || failed instanceof SerializationException) {
            acknowledged.completeExceptionally(new UnsendableException(failed.getMessage(), failed));
            return;
        }
        if (used != null && !(failed instanceof RetriableException)) {
            // Fenced, or out of sequence: this producer may never work again, a new one will.
            forget(used);
        }
        acknowledged.completeExceptionally(failed);
    }

    private synchronized void forget(KafkaProducer<String, byte[]> used) {
        if (producer == used) {
            producer = null;
            used.close(Duration.ZERO);
        }
    }

    private synchronized KafkaProducer<String, byte[]> producer() {
        if (closed) {
            throw new IllegalStateException("the gateway is closed");
        }
        if (producer == null) {
            Map<String, Object> config = new HashMap<>(connection);
            config.put(ProducerConfig.CLIENT_ID_CONFIG, "dicom-ingest");
            config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
            config.put(ProducerConfig.ACKS_CONFIG, "all");
            config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
            config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
            config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
            config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 20_000);
            config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_RECORD_BYTES);
            config.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
            producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
        }
        return producer;
    }

    @Override
    public void close() {
        KafkaProducer<String, byte[]> last;
        synchronized (this) {
            closed = true;
            last = producer;
            producer = null;
        }
        sender.shutdown();
        if (last != null) {
            last.close(Duration.ofSeconds(2));
        }
        try {
            sender.awaitTermination(6, TimeUnit.SECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

}
