package io.hilum.processor.model;

import io.hilum.contracts.event.BundlePointer;
import io.hilum.contracts.event.ModelRelease;
import io.hilum.contracts.event.ModelState;
import io.hilum.contracts.event.ModelStatus;
import io.hilum.contracts.serde.EventSerde;
import io.hilum.contracts.topic.Topics;
import io.hilum.processor.event.MicroClock;
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
 * Publishes on {@code hilum.model-status}, key: instance and line. A plain idempotent producer: a status is not
 * part of any image's transaction.
 *
 * <p>Threading: free to share.
 */
public final class KafkaStatusPublisher implements StatusPublisher, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(KafkaStatusPublisher.class);

    private final String instance;
    private final Producer<String, ModelStatus> producer;

    public KafkaStatusPublisher(Map<String, String> clients, String instance) {
        this.instance = instance;
        Map<String, Object> settings = new HashMap<>(clients);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        producer = new KafkaProducer<>(settings, new StringSerializer(),
                EventSerde.of(Topics.MODEL_STATUS_TOPIC, Topics.MODEL_STATUS).serializer());
    }

    @Override
    public void publish(ModelRelease release, BundlePointer bundle, ModelState state, String engine, String reason) {
        ModelStatus status = ModelStatus.newBuilder()
                .setInstance(instance)
                .setLine(release.getLine())
                .setGeneration(release.getGeneration())
                .setVersion(bundle.getVersion())
                .setState(state)
                .setReason(reason)
                .setEngine(engine)
                .setAt(MicroClock.SYSTEM.micros())
                .build();
        producer.send(new ProducerRecord<>(Topics.MODEL_STATUS_TOPIC.name(), instance + "/" + release.getLine(), status),
                (where, failure) -> {
                    if (failure != null) {
                        LOG.warnf("The status %s of model %s was not published: %s", state, bundle.getVersion(), failure.getMessage());
                    }
                });
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
