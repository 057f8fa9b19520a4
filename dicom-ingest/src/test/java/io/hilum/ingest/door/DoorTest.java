package io.hilum.ingest.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.imaging.dicom.Attributes;
import io.hilum.imaging.dicom.Tag;
import io.hilum.imaging.dicom.Vr;
import io.hilum.ingest.FakeGateway;
import io.hilum.ingest.Films;
import io.hilum.ingest.IngestNode;
import io.hilum.ingest.Nodes;
import io.hilum.ingest.admin.RefusalRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoorTest {

    @TempDir
    Path directory;

    private IngestNode node;

    @BeforeEach
    void start() throws IOException {
        FakeGateway away = new FakeGateway();
        away.away = new IllegalStateException("no broker in this test");
        node = Nodes.start(directory, away, Map.of("hilum.ingest.dicom.enabled", "false"));
    }

    @AfterEach
    void stop() throws IOException {
        node.close();
    }

    private Receipt receive(byte[] file) throws IOException {
        return node.door().receiveFile(Way.FOLDER, "test", null, new ByteArrayInputStream(file));
    }

    private RefusalCause refused(Attributes film) throws IOException {
        return refused(Films.file(film));
    }

    private RefusalCause refused(byte[] file) throws IOException {
        Refusal refusal = assertInstanceOf(Refusal.class, receive(file));
        assertTrue(refusal.sentence().endsWith("."), refusal.sentence());
        return refusal.cause();
    }

    private Receipt.Accepted accepted(Attributes film) throws IOException {
        return assertInstanceOf(Receipt.Accepted.class, receive(Films.file(film)));
    }

    private long objects() throws IOException {
        try (Stream<?> objects = node.store().list("")) {
            return objects.count();
        }
    }

    @Test
    void acceptsTheSameObjectAgainWithoutASecondEvent() throws IOException {
        assertFalse(accepted(Films.chest("1.2", "1.2.3")).again());
        assertTrue(accepted(Films.chest("1.2", "1.2.3")).again());
        assertEquals(1, objects());
        assertEquals(1, node.journal().backlog());
    }

    @Test
    void takesAnObjectThatWasDeletedMeanwhileForANewOne() throws IOException {
        Receipt.Accepted one = accepted(Films.chest("1.2", "1.2.3"));
        node.journal().published(one.sequence());
        node.store().delete(node.store().uriOf(one.key()));
        assertFalse(accepted(Films.chest("1.2", "1.2.3")).again());
        assertEquals(1, objects());
        assertEquals(1, node.journal().backlog());
    }

    @Test
    void losesNeitherOfTwoObjectsWithTheSameUid() throws IOException {
        Receipt.Accepted one = accepted(Films.chest("1.2", "1.2.3"));
        Receipt.Accepted other = accepted(Films.chest("1.2", "1.2.3").putString(Tag.PATIENT_ID, "4712"));
        assertNotEquals(one.key(), other.key());
        assertEquals(2, node.journal().backlog());
    }

    @Test
    void storesTheSameBytesWhateverStandsInFrontOfThem() throws IOException {
        byte[] file = Films.file(Films.chest("1.2", "1.2.3"));
        Receipt.Accepted one = (Receipt.Accepted) receive(file);
        byte[] script = "#!/bin/sh\nrm -rf /\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        System.arraycopy(script, 0, file, 0, script.length);
        Receipt.Accepted again = (Receipt.Accepted) receive(file);
        assertEquals(one.key(), again.key());
        assertEquals(0, node.store().read(node.store().uriOf(one.key()))[0]);
    }

    @Test
    void refusesEachWrongObjectWithItsOwnReason() throws IOException {
        assertEquals(RefusalCause.WRONG_MODALITY, refused(Films.chest("1.2", "1").putString(Tag.MODALITY, "MG")));
        assertEquals(RefusalCause.NOT_CHEST, refused(Films.chest("1.2", "1").putString(Tag.BODY_PART_EXAMINED, "HAND")));
        assertEquals(RefusalCause.BODY_PART_UNKNOWN, refused(Films.chest("1.2", "1").remove(Tag.BODY_PART_EXAMINED)));
        assertEquals(RefusalCause.IDENTIFIER_MISSING, refused(Films.chest("1.2", "1").remove(Tag.STUDY_INSTANCE_UID)));
        assertEquals(RefusalCause.IDENTIFIER_MISSING, refused(Films.chest("1.2", "1").putString(Tag.STUDY_INSTANCE_UID, "../etc")));
        assertEquals(RefusalCause.NO_PIXEL_DATA, refused(Films.chest("1.2", "1").remove(Tag.PIXEL_DATA)));
        assertEquals(RefusalCause.BAD_ATTRIBUTE, refused(Films.chest("1.2", "1").putInt(Tag.ROWS, 0)));
        assertEquals(RefusalCause.PIXEL_LENGTH, refused(Films.chest("1.2", "1").putBytes(Tag.PIXEL_DATA, Vr.OW, new byte[100])));
        assertEquals(RefusalCause.WRONG_SOP_CLASS, refused(
                Films.chest("1.2", "1").putString(Tag.SOP_CLASS_UID, "1.2.840.10008.5.1.4.1.1.2")));
        byte[] whole = Films.file(Films.chest("1.2", "1"));
        assertEquals(RefusalCause.TRUNCATED, refused(Arrays.copyOf(whole, whole.length - 10)));
        assertEquals(RefusalCause.EMPTY, refused(new byte[0]));
        assertEquals(RefusalCause.NOT_DICOM, refused(new byte[1000]));
        assertEquals(0, objects(), "nothing of a refused object is kept");
        assertEquals(0, node.journal().backlog());
        assertEquals(12, node.ledger().refusals().size());
    }

    @Test
    void storesAlsoWhatItsHeaderReaderPassesOver() throws IOException {
        Attributes film = Films.chest("1.2", "1").putBytes(0x00091001, Vr.OB, new byte[500])
                .putBytes(0x60003000, Vr.OW, new byte[300_000]);
        Receipt.Accepted taken = accepted(film);
        Attributes stored = io.hilum.imaging.dicom.DicomFile.read(new ByteArrayInputStream(
                node.store().read(node.store().uriOf(taken.key()))), io.hilum.imaging.dicom.DicomLimits.DEFAULT).dataset();
        assertEquals(film.size(), stored.size());
    }

    @Test
    void quotesNoHugeValueOfAStranger() throws IOException {
        String huge = "HAND\n".repeat(12_000);
        for (Attributes film : List.of(Films.chest("1.2", "1").putString(Tag.BODY_PART_EXAMINED, huge),
                Films.chest("1.2", "1").putString(Tag.MODALITY, huge),
                Films.chest("1.2", "1").putString(Tag.STUDY_INSTANCE_UID, huge),
                Films.chest("1.2", "1").remove(Tag.BODY_PART_EXAMINED).putItems(Tag.ANATOMIC_REGION_SEQUENCE,
                        new Attributes().putString(Tag.CODE_VALUE, "1").putString(Tag.CODE_MEANING, huge)))) {
            Refusal refusal = assertInstanceOf(Refusal.class, receive(Films.file(film)));
            assertTrue(refusal.sentence().length() < 400 && refusal.sentence().contains("HAND HAND"), refusal.sentence());
            assertTrue(refusal.studyUid().length() <= 64, "only a UID is listed as one");
        }
        String name = "9".repeat(60_000);
        RefusalRecord listed = RefusalRecord.of("now", Way.FOLDER, "test", new Refusal(RefusalCause.MALFORMED, name, name, name, name));
        assertEquals(1024, listed.cause().length());
        assertEquals(64, listed.sopInstanceUid().length());
    }

    @Test
    void takesChestFilmsThatSayItElsewhere() throws IOException {
        accepted(Films.chest("1.2", "1").remove(Tag.BODY_PART_EXAMINED).putString(Tag.STUDY_DESCRIPTION, "RX Torax PA y LAT"));
        accepted(Films.chest("1.2", "2").putString(Tag.BODY_PART_EXAMINED, "CHEST_TO_ABDOMEN"));
        accepted(Films.chest("1.2", "3").remove(Tag.BODY_PART_EXAMINED).putItems(Tag.ANATOMIC_REGION_SEQUENCE,
                new Attributes().putString(Tag.CODE_VALUE, "51185008").putString(Tag.CODE_MEANING, "Thorax")));
    }

    @Test
    void refusesADataSetThatIsNotWhatWasAnnounced() throws IOException {
        byte[] announced = new io.hilum.imaging.net.FileMeta(io.hilum.imaging.net.Uids.DIGITAL_X_RAY_FOR_PRESENTATION,
                "9.9.9", io.hilum.imaging.net.Uids.EXPLICIT_VR_LITTLE_ENDIAN).header();
        byte[] file = Films.file(Films.chest("1.2", "1"));
        byte[] data = io.hilum.imaging.net.Part10Input.read(new ByteArrayInputStream(file)).dataSet().readAllBytes();
        byte[] both = Arrays.copyOf(announced, announced.length + data.length);
        System.arraycopy(data, 0, both, announced.length, data.length);
        assertEquals(RefusalCause.MISMATCH, refused(both));
        assertEquals(RefusalCause.STUDY_MISMATCH, ((Refusal) node.door().receiveFile(Way.STOW_RS, "test", "1.9",
                new ByteArrayInputStream(file))).cause());
    }

    @Test
    void keepsNothingWhenTheSenderBreaksOff() throws IOException {
        byte[] file = Films.file(Films.chest("1.2", "1"));
        InputStream broken = new SequenceInputStream(new ByteArrayInputStream(file, 0, file.length / 2), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }
        });
        assertThrows(IOException.class, () -> node.door().receiveFile(Way.C_STORE, "test", null, broken));
        assertEquals(0, objects());
        try (Stream<Path> files = Files.walk(directory.resolve("store"))) {
            assertEquals(0, files.filter(Files::isRegularFile).count(), "no half object is left");
        }
    }

    @Test
    void closesBeforeTheDiskIsFull() throws IOException {
        node.close();
        node = Nodes.start(directory, new FakeGateway(), Map.of("hilum.ingest.dicom.enabled", "false",
                "hilum.ingest.low-water-mark", Long.toString(Long.MAX_VALUE)));
        assertEquals(RefusalCause.OUT_OF_STORAGE, refused(Films.chest("1.2", "1")));
        assertTrue(node.ledger().refusals().isEmpty(), "what is sent again until it is taken pushes nothing out of the list");
        assertEquals(0xA700, RefusalCause.OUT_OF_STORAGE.status());
        assertTrue(node.door().closed().contains("low-water mark"));
        assertEquals(0, objects());
    }

    @Test
    void remembersRefusalsOverARestart() throws IOException {
        refused(Films.chest("1.2", "1.5").putString(Tag.BODY_PART_EXAMINED, "HAND"));
        node.close();
        node = Nodes.start(directory, new FakeGateway(), Map.of("hilum.ingest.dicom.enabled", "false"));
        RefusalRecord kept = node.ledger().refusals().get(0);
        assertEquals("not-chest", kept.causeCode());
        assertEquals("0xC011", kept.status());
        assertEquals("1.5", kept.sopInstanceUid());
        assertTrue(kept.cause().contains("'HAND'"), kept.cause());
    }

    @Test
    void givesEveryCauseItsOwnStatusAndAShortComment() {
        Map<Integer, RefusalCause> statuses = new TreeMap<>();
        for (RefusalCause cause : RefusalCause.values()) {
            assertEquals(null, statuses.put(cause.status(), cause), cause + " shares its status");
            assertTrue(cause.comment().length() <= 64 && cause.comment().matches("[\\x20-\\x7E]+"), cause.comment());
        }
    }

    @Test
    void refusesOrTakesEveryRealFileForTheRightReason() throws IOException {
        Path shared = Path.of(System.getProperty("hilum.shared", "../shared")).resolve("data/dicom");
        Assumptions.assumeTrue(Files.isDirectory(shared), "SKIPPED: no ../shared/data/dicom here");
        Map<String, String> expected = new TreeMap<>(Map.ofEntries(
                Map.entry("bad-preamble.dcm", "not-dicom"), Map.entry("huge-length.dcm", "too-large"),
                Map.entry("png-renamed.dcm", "not-dicom"), Map.entry("short-pixel-data.dcm", "pixel-length"),
                Map.entry("truncated-jpeg.dcm", "accepted"), Map.entry("truncated-pixels.dcm", "truncated"),
                Map.entry("unknown-transfer-syntax.dcm", "unsupported-transfer-syntax"),
                Map.entry("wrong-group-length.dcm", "accepted"), Map.entry("zero-length.dcm", "empty")));
        Map<String, String> found = new TreeMap<>();
        for (Path file : films(shared.resolve("broken"))) {
            found.put(file.getFileName().toString(), outcome(file));
        }
        assertEquals(expected, found);
        for (Path file : films(shared.resolve("not-chest"))) {
            String wanted = file.getFileName().toString().startsWith("cr-ankle") ? "not-chest" : "wrong-sop-class";
            assertEquals(wanted, outcome(file), file.toString());
        }
        for (Path file : films(shared)) {
            assertEquals("accepted", outcome(file), file.toString());
        }
    }

    private static java.util.List<Path> films(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".dcm")).sorted().toList();
        }
    }

    private String outcome(Path file) throws IOException {
        Receipt receipt = receive(Files.readAllBytes(file));
        return receipt instanceof Refusal refusal ? refusal.cause().code() : "accepted";
    }
}
