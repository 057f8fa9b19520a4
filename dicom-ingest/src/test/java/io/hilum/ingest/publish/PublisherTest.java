package io.hilum.ingest.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.contracts.event.DeadLetter;
import io.hilum.contracts.event.DeadLetterKind;
import io.hilum.contracts.event.Door;
import io.hilum.contracts.event.ImageReceived;
import io.hilum.contracts.event.Sex;
import io.hilum.contracts.event.StudyReceived;
import io.hilum.contracts.event.View;
import io.hilum.contracts.topic.Topics;
import io.hilum.imaging.canvas.Canvas;
import io.hilum.imaging.dicom.Attributes;
import io.hilum.imaging.dicom.DicomWriter;
import io.hilum.imaging.dicom.Tag;
import io.hilum.imaging.dicom.TransferSyntax;
import io.hilum.ingest.BrokenStore;
import io.hilum.ingest.Configs;
import io.hilum.ingest.FakeGateway;
import io.hilum.ingest.Films;
import io.hilum.ingest.IngestNode;
import io.hilum.ingest.Nodes;
import io.hilum.ingest.door.Way;
import io.hilum.storage.ObjectStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The publisher without a broker. */
class PublisherTest {

    private static final Map<String, String> NO_DICOM = Map.of("hilum.ingest.dicom.enabled", "false");

    @TempDir
    Path directory;

    private final FakeGateway gateway = new FakeGateway();
    private final List<PublisherState> states = new CopyOnWriteArrayList<>();
    private IngestNode node;

    @AfterEach
    void stop() throws IOException {
        if (node != null) {
            node.close();
        }
    }

    private void start(Map<String, String> more) throws IOException {
        node = Nodes.start(directory, gateway, more);
    }

    private void receive(String sender, Attributes film) throws IOException {
        receive(sender, Films.file(film));
    }

    private void receive(String sender, byte[] file) throws IOException {
        node.door().receiveFile(Way.FOLDER, sender, null, new ByteArrayInputStream(file));
    }

    private void awaitEmptyJournal() {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> node.journal().backlog() == 0);
    }

    @Test
    void saysWhatTheFilmSaysAndNoName() throws IOException {
        start(NO_DICOM);
        receive("film.dcm", Films.chest("1.2", "1.2.3").putString(Tag.ACCESSION_NUMBER, "A1")
                .putString(Tag.ISSUER_OF_PATIENT_ID, "HOSPITAL").putString(Tag.SYNTHETIC_DATA, "YES"));
        awaitEmptyJournal();
        ImageReceived image = gateway.events(ImageReceived.class).get(0);
        assertEquals("1.2", image.getStudyUid());
        assertEquals("1.2.3", image.getSopInstanceUid());
        assertEquals(Door.FOLDER, image.getDoor());
        assertEquals(43, image.getAgeYears());
        assertEquals(Sex.FEMALE, image.getSex());
        assertEquals(View.PA, image.getView());
        assertEquals("DX", image.getDevice().getModality());
        assertTrue(image.getSynthetic());
        assertEquals(64, image.getPatientKey().length());
        Canvas canvas = Canvas.fromPng(image.getCanvas().getPng().toByteArray());
        assertEquals(Films.COLUMNS, canvas.width());
        assertEquals(Films.ROWS, image.getCanvas().getSourceRows());
        assertEquals(image.getCanvas().getPixelSha256(), canvas.pixelSha256());
        assertTrue(node.store().exists(URI.create(image.getCanvas().getUri())));
        assertTrue(node.store().exists(URI.create(image.getObjectUri())));
        assertTrue(image.getTimes().getReceived() <= image.getTimes().getStored()
                && image.getTimes().getStored() <= image.getTimes().getRendered()
                && image.getTimes().getRendered() <= image.getTimes().getPublished());
        assertFalse(image.toString().contains("DOE") || image.toString().contains("4711"), "no name, no number");
        StudyReceived study = gateway.events(StudyReceived.class).get(0);
        assertEquals("DOE^JANE", study.getPatientName());
        assertEquals("A1", study.getAccessionNumber());
        assertEquals(Topics.STUDIES, gateway.sent.get(0).topic(), "a study is known before its first image");
    }

    @Test
    void announcesAStudyOnceAndAgainWhenItChanged() throws IOException {
        start(NO_DICOM);
        receive("a", Films.chest("1.2", "1"));
        receive("a", Films.chest("1.2", "2"));
        awaitEmptyJournal();
        receive("a", Films.chest("1.2", "3").putString(Tag.ACCESSION_NUMBER, "A2"));
        awaitEmptyJournal();
        List<StudyReceived> studies = gateway.events(StudyReceived.class);
        assertEquals(List.of("", "A2"), studies.stream().map(StudyReceived::getAccessionNumber).toList());
        assertEquals(studies.get(0).getReceived(), studies.get(1).getReceived(), "the first image's arrival");
    }

    @Test
    void keepsTheOrderWithinAStudy() throws IOException {
        gateway.away = new IllegalStateException("not yet");
        start(NO_DICOM);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            receive("a", Films.chest("1.2." + i % 3, "1." + i));
            expected.add("1." + i);
        }
        gateway.away = null;
        awaitEmptyJournal();
        List<ImageReceived> images = gateway.events(ImageReceived.class);
        for (int study = 0; study < 3; study++) {
            String uid = "1.2." + study;
            int remainder = study;
            assertEquals(expected.stream().filter(e -> Integer.parseInt(e.substring(2)) % 3 == remainder).toList(),
                    images.stream().filter(i -> i.getStudyUid().equals(uid)).map(ImageReceived::getSopInstanceUid).toList());
        }
    }

    @Test
    void losesNothingWhileTheBrokerIsAway() throws IOException {
        start(NO_DICOM);
        gateway.away = new IllegalStateException("broker away");
        for (int i = 0; i < 40; i++) {
            receive("a", Films.chest("1.2." + i, "1." + i));
        }
        Awaitility.await().until(() -> node.publisher().state() == PublisherState.DEGRADED);
        assertTrue(node.publisher().trouble().contains("broker away"));
        assertEquals(40, node.journal().backlog());
        gateway.away = null;
        awaitEmptyJournal();
        assertEquals(40, gateway.events(ImageReceived.class).size(), "rendered and sent once each");
        assertEquals(PublisherState.PUBLISHING, node.publisher().state());
    }

    @Test
    void doesNotSeemWellBecauseFilmsAreRenderedWhileTheBrokerIsAway() throws IOException {
        start(NO_DICOM);
        Awaitility.await().until(() -> node.publisher().state() == PublisherState.PUBLISHING);
        gateway.away = new IllegalStateException("broker away");
        receive("a", Films.chest("1.2.0", "1.0"));
        Awaitility.await().until(() -> node.publisher().state() == PublisherState.DEGRADED);
        gateway.beforeSend = () -> states.add(node.publisher().state());
        for (int i = 1; i < 8; i++) {
            receive("a", Films.chest("1.2." + i, "1." + i));
        }
        Awaitility.await().until(() -> states.size() > 20);
        assertEquals(Set.of(PublisherState.DEGRADED), Set.copyOf(states));
        gateway.away = null;
        awaitEmptyJournal();
    }

    @Test
    void letsNoUnreadableObjectsStopTheOthersNorTheirStudyLoseItsOrder() throws IOException {
        BrokenStore store = new BrokenStore(ObjectStores.open(directory.resolve("store").toUri()));
        BrokenStore.Open real = store.open;
        store.open = uri -> {
            if (uri.toString().contains("/9.")) {
                throw new IOException("bad sector");
            }
            return real.open(uri);
        };
        node = new IngestNode(Configs.of(directory.resolve("data"), Map.of("hilum.ingest.dicom.enabled", "false",
                "hilum.ingest.publish.window", "2")), store.asStore(), gateway, new SimpleMeterRegistry());
        for (int study = 0; study < 4; study++) {
            receive("a", Films.chest("1.2." + study, "9." + study));
        }
        List<String> sameStudy = new ArrayList<>(List.of("9.0"));
        for (int i = 1; i < 6; i++) {
            receive("a", Films.chest("1.2.0", "1." + i));
            sameStudy.add("1." + i);
        }
        receive("a", Films.chest("1.3", "2"));
        Awaitility.await().until(() -> !gateway.events(ImageReceived.class).isEmpty());
        assertEquals("2", gateway.events(ImageReceived.class).get(0).getSopInstanceUid(), "nothing of a study before its first");
        assertEquals(9, node.journal().backlog());
        store.open = real;
        awaitEmptyJournal();
        assertEquals(sameStudy, gateway.events(ImageReceived.class).stream().filter(i -> i.getStudyUid().equals("1.2.0"))
                .map(ImageReceived::getSopInstanceUid).toList());
        assertTrue(gateway.events(DeadLetter.class).isEmpty(), "none is quarantined");
    }

    @Test
    void outlivesAnErrorOfTheBrokersClient() throws IOException {
        gateway.beforePrepare = () -> {
            gateway.beforePrepare = () -> { };
            throw new NoClassDefFoundError("a class of the client");
        };
        start(NO_DICOM);
        receive("a", Films.chest("1.2", "1"));
        awaitEmptyJournal();
        assertTrue(node.publisher().isAlive());
    }

    @Test
    void goesOnAfterARestartWithWhatIsUnmarked() throws IOException {
        gateway.away = new IllegalStateException("broker away");
        start(NO_DICOM);
        receive("a", Films.chest("1.2", "1"));
        receive("a", Films.chest("1.2", "2"));
        node.close();
        gateway.away = null;
        start(NO_DICOM);
        awaitEmptyJournal();
        assertEquals(List.of("1", "2"), gateway.events(ImageReceived.class).stream().map(ImageReceived::getSopInstanceUid).toList());
    }

    @Test
    void quarantinesWhatCannotBeRenderedAndGoesOn() throws IOException {
        start(NO_DICOM);
        byte[] cut = new byte[64];
        Attributes film = Films.chest("1.2", "1").remove(Tag.PIXEL_DATA).putInt(Tag.BITS_ALLOCATED, 8).putInt(Tag.BITS_STORED, 8)
                .putInt(Tag.HIGH_BIT, 7).putFragments(Tag.PIXEL_DATA, List.of(cut));
        receive("MODALITY1", DicomWriter.toBytes(film, TransferSyntax.JPEG_BASELINE));
        receive("MODALITY1", Films.chest("1.2", "2"));
        awaitEmptyJournal();
        DeadLetter letter = gateway.events(DeadLetter.class).get(0);
        assertEquals(DeadLetterKind.QUARANTINED, letter.getKind());
        assertEquals("1", letter.getSopInstanceUid());
        assertEquals("MODALITY1", letter.getSender());
        assertTrue(!letter.getCauseCode().isEmpty() && letter.getCause().length() > 20, letter.toString());
        assertEquals(letter.getCause(), node.ledger().quarantine().get(0).cause());
        assertEquals("2", gateway.events(ImageReceived.class).get(0).getSopInstanceUid());
        node.close();
        start(NO_DICOM);
        assertEquals(1, node.ledger().quarantine().size());
        assertEquals(0, node.journal().backlog());
    }

    @Test
    void doesNotRetryForEverWhatTheBrokerWillNeverTake() throws IOException {
        start(NO_DICOM);
        gateway.awayForImages = new UnsendableException("record of 9 MB", null);
        receive("a", Films.chest("1.2", "1"));
        awaitEmptyJournal();
        assertEquals("unsendable", gateway.events(DeadLetter.class).get(0).getCauseCode());
    }

    @Test
    void sendsUrgentFilmsToTheUrgentTopic() throws IOException {
        start(Map.of("hilum.ingest.dicom.enabled", "false", "hilum.ingest.publish.urgent-aes", "emergency"));
        receive("a", Films.chest("1.1", "1"));
        receive("EMERGENCY", Films.chest("1.2", "2"));
        receive("a", Films.chest("1.3", "3").putItems(Tag.REQUEST_ATTRIBUTES_SEQUENCE,
                new Attributes().putString(0x00401003, io.hilum.imaging.dicom.Vr.SH, "STAT")));
        awaitEmptyJournal();
        gateway.sent.stream().filter(sent -> sent.event() instanceof ImageReceived).forEach(sent ->
                assertEquals(sent.key().equals("1.1") ? Topics.IMAGES : Topics.IMAGES_STAT, sent.topic()));
    }

    @Test
    void tellsTheDeadLetterTopicAboutRefusals() throws IOException {
        start(NO_DICOM);
        receive("MODALITY1", Films.chest("1.2", "1").putString(Tag.BODY_PART_EXAMINED, "HAND"));
        Awaitility.await().until(() -> !gateway.events(DeadLetter.class).isEmpty());
        DeadLetter letter = gateway.events(DeadLetter.class).get(0);
        assertEquals(DeadLetterKind.REFUSED_AT_DOOR, letter.getKind());
        assertEquals("not-chest", letter.getCauseCode());
        assertEquals("MODALITY1", letter.getSender());
    }

    @Test
    void staysOpenButSaysSoWhenTopicsDiffer() throws IOException {
        gateway.away = new TopicsDifferException("Topic hilum.images has 3 partitions.");
        start(NO_DICOM);
        Awaitility.await().until(() -> node.publisher().state() == PublisherState.MISCONFIGURED);
        receive("a", Films.chest("1.2", "1"));
        assertEquals(1, node.journal().backlog());
    }
}
