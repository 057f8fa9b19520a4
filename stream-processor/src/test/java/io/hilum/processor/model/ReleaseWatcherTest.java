package io.hilum.processor.model;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.contracts.event.BundlePointer;
import io.hilum.contracts.event.ModelRelease;
import io.hilum.contracts.event.ModelStatus;
import io.hilum.contracts.serde.EventSerde;
import io.hilum.contracts.topic.Topics;
import io.hilum.inference.BatcherOptions;
import io.hilum.processor.TestImages;
import io.hilum.processor.broker.Sender;
import io.hilum.processor.broker.SharedBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    void aReleaseServesWithoutARestartAndABrokenRecordDoesNotEndTheWatch() throws Exception {
        Map<String, String> clients = Map.of("bootstrap.servers", SharedBroker.bootstrap());
        release(1, "1");
        ModelHost host = new ModelHost(BatcherOptions.defaults(), engine -> { });
        try (KafkaStatusPublisher status = new KafkaStatusPublisher(clients, "here");
                ReleaseWatcher watcher = Models.watcher(clients, Optional.empty(), directory, host,
                        (folder, sha256) -> FakeEngine.of(folder.getFileName().toString()), status)) {
            watcher.start();
            awaitServing(host, "1");
            try (KafkaProducer<String, byte[]> noise =
                    new KafkaProducer<>(Map.copyOf(clients), new StringSerializer(), new ByteArraySerializer())) {
                noise.send(new ProducerRecord<>(Topics.MODELS.name(), "chest", new byte[] {99})).get();
            }
            release(2, "2");
            awaitServing(host, "2");
            Awaitility.await().until(() -> watcher.trouble().isEmpty());
            assertTrue(statuses(clients).containsAll(List.of("1 LOADED", "1 SERVING", "2 LOADED", "2 SERVING")));
        } finally {
            host.close();
        }
    }

    private static void awaitServing(ModelHost host, String version) {
        Awaitility.await().atMost(Duration.ofSeconds(30))
                .until(() -> host.serving().map(engine -> engine.version().equals(version)).orElse(false));
    }

    private static void release(long generation, String version) {
        try (Sender models = new Sender(SharedBroker.bootstrap(), Topics.MODELS)) {
            models.send("chest", ModelRelease.newBuilder().setLine("chest").setGeneration(generation)
                    .setActive(BundlePointer.newBuilder().setUri("file:///bundles/" + version).setVersion(version)
                            .setSha256(TestImages.sha256("chest" + version)))
                    .build());
        }
    }

    private static List<String> statuses(Map<String, String> clients) {
        List<String> seen = new ArrayList<>();
        try (KafkaConsumer<String, ModelStatus> consumer = new KafkaConsumer<>(Map.copyOf(clients), new StringDeserializer(),
                EventSerde.of(Topics.MODEL_STATUS_TOPIC, Topics.MODEL_STATUS).deserializer())) {
            TopicPartition only = new TopicPartition(Topics.MODEL_STATUS_TOPIC.name(), 0);
            consumer.assign(List.of(only));
            consumer.seekToBeginning(List.of(only));
            Awaitility.await().atMost(Duration.ofSeconds(20)).pollInSameThread().until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record ->
                        seen.add(record.value().getVersion() + " " + record.value().getState()));
                return seen.contains("2 SERVING");
            });
        }
        return seen;
    }
}
