package io.hilum.processor.model.release;

import io.hilum.contracts.event.ModelStatus;
import io.hilum.contracts.serde.EventSerde;
import io.hilum.contracts.topic.StatusKey;
import io.hilum.contracts.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jboss.logging.Logger;

/**
 * Publishes on {@code hilum.model-status}. A plain idempotent producer: a status is not part of any image's transaction,
 * and what is lost is said again at the next interval.
 *
 * <p>Threading: free to share.
 */
public final class KafkaStatusTopic implements StatusBoard.Topic, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(KafkaStatusTopic.class);
    /** Neither the thread that loads models nor the stop of the service may wait long for a broker that is away. */
    private static final int MAX_BLOCK_MS = 2_000;

    private final Producer<String, ModelStatus> producer;

    public KafkaStatusTopic(Map<String, String> clients) {
        Map<String, Object> settings = new HashMap<>(clients);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MS);
        producer = new KafkaProducer<>(settings, new StringSerializer(),
                EventSerde.of(Topics.MODEL_STATUS_TOPIC, Topics.MODEL_STATUS).serializer());
    }

    @Override
    public void put(StatusKey key, ModelStatus status) {
        try {
            producer.send(new ProducerRecord<>(Topics.MODEL_STATUS_TOPIC.name(), key.text(), status), (where, failure) -> {
                if (failure != null) {
                    notPublished(key, failure);
                }
            });
        } catch (RuntimeException closed) {
            notPublished(key, closed);
        }
    }

    private static void notPublished(StatusKey key, Exception failure) {
        LOG.warnf("The status of %s was not published: %s", key.text(), failure.getMessage());
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
