package io.hilum.processor.model.shadow;

import io.hilum.contracts.event.ShadowScored;
import io.hilum.contracts.serde.EventSerde;
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
 * Publishes on {@code hilum.shadow}: a plain idempotent producer, outside of the images' transactions. Best effort, at
 * most once: what cannot be sent within half a minute is dropped, and an image that is read again after a crash is
 * compared again.
 *
 * <p>Threading: free to share.
 */
public final class KafkaShadowTopic implements ShadowTopic, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(KafkaShadowTopic.class);
    private static final int MAX_BLOCK_MS = 1_000;
    private static final int DELIVERY_MS = 30_000;
    private static final int REQUEST_MS = 10_000;
    private static final int LINGER_MS = 50;
    private static final int BUFFER_BYTES = 4 << 20;

    private final Producer<String, ShadowScored> producer;
    private final ShadowMeters meters;

    public KafkaShadowTopic(Map<String, String> clients, ShadowMeters meters) {
        this.meters = meters;
        Map<String, Object> settings = new HashMap<>(clients);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MS);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MS);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MS);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MS);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
        producer = new KafkaProducer<>(settings, new StringSerializer(),
                EventSerde.of(Topics.SHADOW, Topics.SHADOW_SCORED).serializer());
    }

    @Override
    public void put(ShadowScored compared) {
        try {
            producer.send(new ProducerRecord<>(Topics.SHADOW.name(), compared.getStudyUid(), compared), (where, failure) -> {
                if (failure != null) {
                    dropped(failure);
                }
            });
        } catch (RuntimeException refused) {
            dropped(refused);
        }
    }

    private void dropped(Exception failure) {
        meters.dropped();
        LOG.debugf("A comparison in shadow was dropped: %s", failure.getMessage());
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
    }
}
