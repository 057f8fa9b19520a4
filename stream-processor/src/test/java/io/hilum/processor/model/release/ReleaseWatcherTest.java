package io.hilum.processor.model.release;

import io.hilum.contracts.event.BundlePointer;
import io.hilum.contracts.event.ModelRelease;
import io.hilum.contracts.event.ModelStatus;
import io.hilum.contracts.serde.EventSerde;
import io.hilum.contracts.topic.Topics;
import io.hilum.inference.BatcherOptions;
import io.hilum.processor.TestImages;
import io.hilum.processor.broker.Sender;
import io.hilum.processor.broker.SharedBroker;
import io.hilum.processor.event.MicroClock;
import io.hilum.processor.model.FakeEngine;
import io.hilum.processor.model.ModelHost;
import io.hilum.processor.model.shadow.ShadowMeters;
import io.hilum.processor.model.shadow.Shadows;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real broker, with engines that need no bundle. */
class ReleaseWatcherTest {

    @TempDir
    Path directory;

    @Test
    void aReleaseServesWithoutARestartAndABrokenRecordDoesNotEndTheWatchNorTheSignsOfLife() throws Exception {
        Map<String, String> clients = Map.of("bootstrap.servers", SharedBroker.bootstrap());
        release(1, "1");
        ModelHost host = new ModelHost(BatcherOptions.defaults(), engine -> { });
        try (KafkaStatusTopic topic = new KafkaStatusTopic(clients);
                StatusBoard status = new StatusBoard("here", Set.of(), Duration.ofMillis(300), topic, MicroClock.SYSTEM::micros);
                ReleaseWatcher watcher = Models.watcher(clients, Set.of(), directory, host,
                        (folder, sha256) -> FakeEngine.of(folder.getFileName().toString()), status,
                        new Shadows(BatcherOptions.defaults(), compared -> { }, new ShadowMeters(new SimpleMeterRegistry())))) {
            status.start();
            watcher.start();
            watcher.ready().get(30, TimeUnit.SECONDS);
            awaitServing(host, "1");
            try (KafkaProducer<String, byte[]> noise =
                    new KafkaProducer<>(Map.copyOf(clients), new StringSerializer(), new ByteArraySerializer())) {
                noise.send(new ProducerRecord<>(Topics.MODELS.name(), "chest", new byte[] {99})).get();
            }
            release(2, "2");
            awaitServing(host, "2");
            Awaitility.await().until(() -> watcher.trouble().isEmpty());
            try (StatusReader reader = new StatusReader(clients)) {
                reader.readUntil(last -> last.containsKey("here/chest/active") && last.get("here/chest/active").getVersion().equals("2"));
                long before = reader.last.get("here/chest/active").getAt();
                reader.readUntil(last -> last.get("here/chest/active").getAt() > before);
                try (Sender models = new Sender(SharedBroker.bootstrap(), Topics.MODELS)) {
                    models.send("chest", null);
                }
                reader.readUntil(last -> !last.containsKey("here/chest/active"));
                Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> host.serving().isEmpty());
            }
        } finally {
            host.close();
        }
    }

    private static void awaitServing(ModelHost host, String version) {
        Awaitility.await().atMost(Duration.ofSeconds(30))
                .until(() -> host.serving("chest").map(engine -> engine.version().equals(version)).orElse(false));
    }

    private static void release(long generation, String version) {
        try (Sender models = new Sender(SharedBroker.bootstrap(), Topics.MODELS)) {
            models.send("chest", ModelRelease.newBuilder().setLine("chest").setGeneration(generation)
                    .setActive(BundlePointer.newBuilder().setUri("file:///bundles/" + version).setVersion(version)
                            .setSha256(TestImages.sha256("chest" + version)))
                    .build());
        }
    }

    /** What compaction would leave of the status topic. */
    private static final class StatusReader implements AutoCloseable {

        private final Map<String, ModelStatus> last = new HashMap<>();
        private final KafkaConsumer<String, ModelStatus> consumer;

        StatusReader(Map<String, String> clients) {
            consumer = new KafkaConsumer<>(Map.copyOf(clients), new StringDeserializer(),
                    EventSerde.of(Topics.MODEL_STATUS_TOPIC, Topics.MODEL_STATUS).deserializer());
            TopicPartition only = new TopicPartition(Topics.MODEL_STATUS_TOPIC.name(), 0);
            consumer.assign(List.of(only));
            consumer.seekToBeginning(List.of(only));
        }

        void readUntil(Predicate<Map<String, ModelStatus>> enough) {
            Awaitility.await().atMost(Duration.ofSeconds(20)).pollInSameThread().until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                    if (record.value() == null) {
                        last.remove(record.key());
                    } else {
                        last.put(record.key(), record.value());
                    }
                });
                return enough.test(last);
            });
        }

        @Override
        public void close() {
            consumer.close();
        }
    }
}
