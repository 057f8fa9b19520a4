package io.hilum.exporter.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.contracts.event.BundlePointer;
import io.hilum.contracts.event.ModelRelease;
import io.hilum.contracts.event.ModelState;
import io.hilum.contracts.event.ModelStatus;
import io.hilum.contracts.event.Slot;
import io.hilum.exporter.ExportException;
import io.hilum.exporter.Exporter;
import io.hilum.exporter.ModelFolder;
import io.hilum.model.Architecture;
import io.hilum.model.bundle.Bundle;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaserTest {

    private static final ReleaseRequest REQUEST = new ReleaseRequest(Path.of("unused"), "unused", "test");

    @TempDir
    private static Path shared;
    @TempDir
    private Path temp;

    private static Bundle bundle;

    private final MockProducer<String, ModelRelease> producer = TopicMocks.producer();

    @BeforeAll
    static void export() throws Exception {
        bundle = Exporter.export(
                ModelFolder.write(shared.resolve("model"), ModelFolder.card(Architecture.EVA_X_TI, 3)), shared.resolve("bundle"));
    }

    @Test
    void startsNoLineAboveGenerationOne() throws Exception {
        ModelRelease release = release(topic(release("other", 9, "x")), status());
        assertEquals(1, release.getGeneration());
        assertFalse(release.hasFallback());
        assertEquals(bundle.sha256(), release.getActive().getSha256());
        assertTrue(release.getActive().getUri().startsWith("file:///"));
        assertEquals(List.of(release), producer.history().stream().map(record -> record.value()).toList());
        assertTrue(producer.transactionCommitted());
    }

    @Test
    void forgetsNotTheBundleThatServedBefore() throws Exception {
        ModelRelease release = release(
                topic(release("test", 3, "old"), release("other", 9, "x"), release("test", 4, "new")), status());
        assertEquals(5, release.getGeneration());
        assertEquals("new", release.getFallback().getVersion());
    }

    @Test
    void keepsNoBundleAsFallbackThatTheInstancesRefused() throws Exception {
        ModelRelease bad = release("test", 2, "bad").toBuilder()
                .setFallback(BundlePointer.newBuilder().setVersion("good")).build();
        ModelRelease release = release(topic(bad),
                status(said("a", "bad", ModelState.REFUSED), said("a", "good", ModelState.SERVING)));
        assertEquals("good", release.getFallback().getVersion());
    }

    @Test
    void forgetsNoBundleThatOneOfTwoInstancesServes() throws Exception {
        ModelRelease release = release(topic(release("test", 2, "half")),
                status(said("a", "half", ModelState.REFUSED), said("b", "half", ModelState.SERVING)));
        assertEquals("half", release.getFallback().getVersion());
    }

    @Test
    void raisesNoGenerationForTheBundleThatServesAlready() throws Exception {
        ModelRelease first = release(topic(), status());
        MockProducer<String, ModelRelease> again = TopicMocks.producer();
        assertEquals(first, Releaser.release(bundle, REQUEST, desk(again, topic(first), status())));
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
        assertThrows(ExportException.class, () -> Releaser.release(damaged, REQUEST, desk(producer, topic(), status())));
        assertEquals(0, producer.history().size());
    }

    @Test
    void releasesNoAddressWhereTheBundleIsNot() throws Exception {
        ReleaseRequest request =
                new ReleaseRequest(bundle.folder(), "unused", "test", Optional.of(temp.resolve("store").toUri()),
                        ReleaseRequest.Goal.ACTIVE, ReleasePolicy.ALL);
        ModelRelease release = Releaser.release(bundle, request, desk(producer, topic(), status()));
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
        assertThrows(KafkaException.class, () -> desk(producer, empty, status()));
        assertEquals(0, producer.history().size());
    }

    private static ModelRelease release(String line, long generation, String version) {
        return ModelRelease.newBuilder().setLine(line).setGeneration(generation)
                .setActive(BundlePointer.newBuilder().setVersion(version)).build();
    }

    private static ModelStatus said(String instance, String version, ModelState state) {
        return ModelStatus.newBuilder().setInstance(instance).setLine("test").setVersion(version).setState(state)
                .setSlot(state == ModelState.REFUSED ? Slot.ACTIVE : Slot.FALLBACK).build();
    }

    private ModelRelease release(MockConsumer<String, ModelRelease> releases, MockConsumer<String, ModelStatus> statuses) throws Exception {
        return Releaser.release(bundle, REQUEST, desk(producer, releases, statuses));
    }

    private static ReleaseDesk desk(MockProducer<String, ModelRelease> producer, MockConsumer<String, ModelRelease> releases,
            MockConsumer<String, ModelStatus> statuses) {
        return new ReleaseDesk("test", "test", producer, releases, statuses, InstantSource.system(), news -> { });
    }

    private static MockConsumer<String, ModelRelease> topic(ModelRelease... releases) {
        return TopicMocks.releases(releases);
    }

    private static MockConsumer<String, ModelStatus> status(ModelStatus... said) {
        return TopicMocks.statuses(said);
    }
}
