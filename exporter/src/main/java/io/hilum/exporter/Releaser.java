package io.hilum.exporter;

import io.hilum.contracts.event.BundlePointer;
import io.hilum.contracts.event.ModelRelease;
import io.hilum.contracts.event.ModelStatus;
import io.hilum.contracts.serde.EventSerde;
import io.hilum.contracts.topic.Topics;
import io.hilum.inference.BundleRefusedException;
import io.hilum.inference.EngineFactory;
import io.hilum.inference.EngineOptions;
import io.hilum.model.bundle.Bundle;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Announces a bundle as the one that serves its line.
 *
 * <p>The bundle is verified and runs its self-test here first, so that a bad one never reaches the topic. The bundle
 * that served before becomes the fallback. Two releasers of one line cannot overlap: the later one fences the earlier,
 * whose transaction then fails, so that generations rise by exactly one.
 */
public final class Releaser {

    private static final int TIMEOUT_MS = 60_000;

    private Releaser() {}

    /**
     * @return the release that serves now; the one on the topic already when it names this very bundle
     * @throws ExportException when the bundle is refused or Kafka does not take the release
     */
    public static ModelRelease release(ReleaseRequest request) throws ExportException, IOException {
        Bundle bundle = Bundle.open(request.bundle().toRealPath(), Optional.empty());
        EventSerde<ModelRelease> serde = EventSerde.of(Topics.MODELS, Topics.MODEL_RELEASE);
        EventSerde<ModelStatus> statusSerde = EventSerde.of(Topics.MODEL_STATUS_TOPIC, Topics.MODEL_STATUS);
        try (Producer<String, ModelRelease> producer = new KafkaProducer<>(
                        producerSettings(request.bootstrap(), bundle.manifest().line()), new StringSerializer(), serde.serializer());
                Consumer<String, ModelRelease> consumer = new KafkaConsumer<>(
                        consumerSettings(request.bootstrap()), new StringDeserializer(), serde.deserializer());
                Consumer<String, ModelStatus> status = new KafkaConsumer<>(
                        consumerSettings(request.bootstrap()), new StringDeserializer(), statusSerde.deserializer())) {
            return release(bundle, request, producer, consumer, status);
        } catch (KafkaException refused) {
            throw new ExportException("Kafka at " + request.bootstrap() + " did not take the release of " + bundle.manifest().line()
                    + " " + bundle.manifest().version() + ": " + refused.getMessage(), refused);
        }
    }

    static ModelRelease release(
            Bundle bundle, ReleaseRequest request, Producer<String, ModelRelease> producer, Consumer<String, ModelRelease> consumer,
            Consumer<String, ModelStatus> status)
            throws ExportException, IOException {
        String line = bundle.manifest().line();
        // Fences any other releaser of the line before its newest release is read.
        producer.initTransactions();
        Optional<ModelRelease> current = new ReleaseReader(consumer).latest(line);
        URI uri = request.store().map(store -> BundleUpload.folderIn(store, bundle)).orElse(bundle.folder().toUri());
        BundlePointer wanted = BundlePointer.newBuilder()
                .setUri(uri.toString()).setSha256(bundle.sha256()).setVersion(bundle.manifest().version()).build();
        if (current.isPresent() && current.get().getActive().equals(wanted)) {
            return current.get();
        }
        prove(bundle);
        if (request.store().isPresent()) {
            BundleUpload.to(request.store().get(), bundle);
        }
        ModelRelease next = next(current, RefusedVersions.of(status, line), wanted, line, request.decidedBy());
        ReleaseWriter.write(producer, next);
        return next;
    }

    /**
     * One generation on: the new bundle active, the one that was active the fallback. One that every instance
     * refused is none; then the former fallback stays.
     */
    static ModelRelease next(
            Optional<ModelRelease> current, Set<String> refused, BundlePointer wanted, String line, String decidedBy) {
        Instant now = Instant.now();
        ModelRelease.Builder next = ModelRelease.newBuilder()
                .setLine(line)
                .setGeneration(current.map(ModelRelease::getGeneration).orElse(0L) + 1)
                .setActive(wanted)
                .setDecidedBy(decidedBy)
                .setReleased(TimeUnit.SECONDS.toMicros(now.getEpochSecond()) + TimeUnit.NANOSECONDS.toMicros(now.getNano()));
        current.ifPresent(before -> {
            boolean good = before.hasActive() && !refused.contains(before.getActive().getVersion());
            if (good) {
                next.setFallback(before.getActive());
            } else if (before.hasFallback()) {
                next.setFallback(before.getFallback());
            }
        });
        return next.build();
    }

    private static void prove(Bundle bundle) throws ExportException {
        try {
            EngineFactory.load(bundle.folder(), Optional.of(bundle.sha256()), EngineOptions.defaults()).close();
        } catch (BundleRefusedException refused) {
            throw new ExportException("Not released. " + refused.getMessage(), refused);
        }
    }

    private static Map<String, Object> producerSettings(String bootstrap, String line) {
        return Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap,
                ProducerConfig.TRANSACTIONAL_ID_CONFIG, "hilum-releaser-" + line,
                ProducerConfig.MAX_BLOCK_MS_CONFIG, TIMEOUT_MS);
    }

    private static Map<String, Object> consumerSettings(String bootstrap) {
        return Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false,
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false,
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
    }
}
