package io.hilum.exporter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.contracts.event.BundlePointer;
import io.hilum.contracts.event.ModelRelease;
import io.hilum.contracts.event.ModelState;
import io.hilum.contracts.event.ModelStatus;
import io.hilum.contracts.serde.EventSerde;
import io.hilum.contracts.topic.Topics;
import io.hilum.model.Architecture;
import io.hilum.model.bundle.Bundle;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaserTest {

    private static final TopicPartition PARTITION = new TopicPartition(Topics.MODELS.name(), 0);

    private static final ReleaseRequest REQUEST = new ReleaseRequest(Path.of("unused"), "unused", "test");

    @TempDir
    private static Path shared;
    @TempDir
    private Path temp;

    private static Bundle bundle;

    private final MockProducer<String, ModelRelease> producer = new MockProducer<>(
            true, null, new StringSerializer(), EventSerde.of(Topics.MODELS, Topics.MODEL_RELEASE).serializer());

    @BeforeAll
    static void export() throws Exception {
        bundle = Exporter.export(
                ModelFolder.write(shared.resolve("model"), ModelFolder.card(Architecture.EVA_X_TI, 3)), shared.resolve("bundle"));
    }

    @Test
    void startsNoLineAboveGenerationOne() throws Exception {
        ModelRelease release = Releaser.release(bundle, REQUEST, producer, topic(release("other", 9, "x")), status());
        assertEquals(1, release.getGeneration());
        assertFalse(release.hasFallback());
        assertEquals(bundle.sha256(), release.getActive().getSha256());
        assertTrue(release.getActive().getUri().startsWith("file:///"));
        assertEquals(List.of(release), producer.history().stream().map(record -> record.value()).toList());
        assertTrue(producer.transactionCommitted());
    }

    @Test
    void forgetsNotTheBundleThatServedBefore() throws Exception {
        ModelRelease release = Releaser.release(
                bundle, REQUEST, producer, topic(release("test", 3, "old"), release("other", 9, "x"), release("test", 4, "new")), status());
        assertEquals(5, release.getGeneration());
        assertEquals("new", release.getFallback().getVersion());
    }

    @Test
    void keepsNoBundleAsFallbackThatTheInstancesRefused() throws Exception {
        ModelRelease bad = release("test", 2, "bad").toBuilder()
                .setFallback(BundlePointer.newBuilder().setVersion("good")).build();
        ModelRelease release = Releaser.release(bundle, REQUEST, producer, topic(bad),
                status(said("a", "bad", ModelState.REFUSED), said("a", "good", ModelState.SERVING)));
        assertEquals("good", release.getFallback().getVersion());
    }

    @Test
    void forgetsNoBundleThatOneOfTwoInstancesServes() throws Exception {
        ModelRelease release = Releaser.release(bundle, REQUEST, producer, topic(release("test", 2, "half")),
                status(said("a", "half", ModelState.REFUSED), said("b", "half", ModelState.SERVING)));
        assertEquals("half", release.getFallback().getVersion());
    }

    @Test
    void raisesNoGenerationForTheBundleThatServesAlready() throws Exception {
        ModelRelease first = Releaser.release(bundle, REQUEST, producer, topic(), status());
        MockProducer<String, ModelRelease> again = new MockProducer<>(
                true, null, new StringSerializer(), EventSerde.of(Topics.MODELS, Topics.MODEL_RELEASE).serializer());
        assertEquals(first, Releaser.release(bundle, REQUEST, again, topic(first), status()));
        assertEquals(0, again.history().size());
    }

    @Test
    void releasesNoDamagedBundle() throws Exception {
        Path folder = Files.createDirectories(temp.resolve("damaged"));
        for (String file : bundle.manifest().files().keySet()) {
            Files.copy(bundle.folder().resolve(file), folder.resolve(file));
        }
        Files.copy(bundle.folder().resolve(Bundle.MANIFEST), folder.resolve(Bundle.MANIFEST));
        Files.writeString(folder.resolve("card.md"), "other");
        Bundle damaged = Bundle.open(folder, Optional.empty());
        assertThrows(ExportException.class, () -> Releaser.release(damaged, REQUEST, producer, topic(), status()));
        assertEquals(0, producer.history().size());
    }

    @Test
    void releasesNoAddressWhereTheBundleIsNot() throws Exception {
        ReleaseRequest request =
                new ReleaseRequest(bundle.folder(), "unused", "test", Optional.of(temp.resolve("store").toUri()));
        ModelRelease release = Releaser.release(bundle, request, producer, topic(), status());
        Bundle uploaded = Bundle.open(Path.of(URI.create(release.getActive().getUri())), Optional.of(bundle.sha256()));
        uploaded.verify();
        assertTrue(uploaded.folder().startsWith(temp), uploaded.folder().toString());
    }

    @Test
    void losesNoOptionOfAStoresAddress() {
        assertEquals("s3://models/here/bundles/test/" + bundle.sha256().substring(0, 16) + "?region=eu-1",
                BundleUpload.folderIn(URI.create("s3://models/here/?region=eu-1"), bundle).toString());
    }

    @Test
    void releasesNothingWithoutATopic() {
        MockConsumer<String, ModelRelease> empty = new MockConsumer<>("earliest");
        assertThrows(KafkaException.class, () -> Releaser.release(bundle, REQUEST, producer, empty, status()));
        assertEquals(0, producer.history().size());
    }

    private static ModelRelease release(String line, long generation, String version) {
        return ModelRelease.newBuilder().setLine(line).setGeneration(generation)
                .setActive(BundlePointer.newBuilder().setVersion(version)).build();
    }

    private static ModelStatus said(String instance, String version, ModelState state) {
        return ModelStatus.newBuilder().setInstance(instance).setLine("test").setVersion(version).setState(state).build();
    }

    private static MockConsumer<String, ModelRelease> topic(ModelRelease... releases) {
        return holding(PARTITION, ModelRelease::getLine, releases);
    }

    private static MockConsumer<String, ModelStatus> status(ModelStatus... said) {
        return holding(new TopicPartition(Topics.MODEL_STATUS_TOPIC.name(), 0),
                status -> status.getInstance() + "/" + status.getLine(), said);
    }

    @SafeVarargs
    private static <V> MockConsumer<String, V> holding(TopicPartition partition, Function<V, String> key, V... values) {
        MockConsumer<String, V> consumer = new MockConsumer<>("earliest");
        Node node = new Node(1, "broker", 9092);
        consumer.updatePartitions(partition.topic(),
                List.of(new PartitionInfo(partition.topic(), 0, node, new Node[] {node}, new Node[] {node})));
        consumer.updateBeginningOffsets(Map.of(partition, 0L));
        consumer.updateEndOffsets(Map.of(partition, (long) values.length));
        consumer.schedulePollTask(() -> {
            for (int i = 0; i < values.length; i++) {
                consumer.addRecord(new ConsumerRecord<>(partition.topic(), 0, i, key.apply(values[i]), values[i]));
            }
        });
        return consumer;
    }
}
