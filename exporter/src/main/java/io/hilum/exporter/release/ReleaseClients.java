package io.hilum.exporter.release;

import io.hilum.contracts.event.ModelRelease;
import io.hilum.contracts.event.ModelStatus;
import io.hilum.contracts.serde.EventSerde;
import io.hilum.contracts.topic.Topics;
import io.hilum.exporter.ExportException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Opens the clients that a {@link ReleaseDesk} works with. No state. */
final class ReleaseClients {

    private static final int TIMEOUT_MS = 60_000;
    private static final EventSerde<ModelRelease> RELEASES = EventSerde.of(Topics.MODELS, Topics.MODEL_RELEASE);
    private static final EventSerde<ModelStatus> STATUSES = EventSerde.of(Topics.MODEL_STATUS_TOPIC, Topics.MODEL_STATUS);

    private ReleaseClients() {}

    /** What is done at a desk. */
    interface Work<T> {
        T at(ReleaseDesk desk) throws ExportException, IOException;
    }

    /** @throws ExportException also where Kafka does not take it */
    static <T> T withDesk(String bootstrap, String line, String decidedBy, Consumer<String> tell, Work<T> work)
            throws ExportException, IOException {
        try (Producer<String, ModelRelease> producer = new KafkaProducer<>(
                        producerSettings(bootstrap, line), new StringSerializer(), RELEASES.serializer());
                KafkaConsumer<String, ModelRelease> releases = releases(bootstrap);
                KafkaConsumer<String, ModelStatus> statuses = new KafkaConsumer<>(
                        consumerSettings(bootstrap), new StringDeserializer(), STATUSES.deserializer())) {
            return work.at(new ReleaseDesk(line, decidedBy, producer, releases, statuses, InstantSource.system(), tell));
        } catch (KafkaException refused) {
            throw new ExportException("Kafka at " + bootstrap + " did not take a release of the line " + line + ": "
                    + refused.getMessage(), refused);
        }
    }

    /** The lines that were released. */
    static List<String> lines(String bootstrap) throws ExportException {
        try (KafkaConsumer<String, ModelRelease> releases = releases(bootstrap)) {
            ReleaseReader reader = new ReleaseReader(releases);
            reader.readToEnd();
            return List.copyOf(reader.lines());
        } catch (KafkaException refused) {
            throw new ExportException("Kafka at " + bootstrap + " does not say what is released: " + refused.getMessage(), refused);
        }
    }

    private static KafkaConsumer<String, ModelRelease> releases(String bootstrap) {
        return new KafkaConsumer<>(consumerSettings(bootstrap), new StringDeserializer(), RELEASES.deserializer());
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
