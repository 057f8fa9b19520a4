package io.hilum.ingest.scp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.contracts.event.DeadLetter;
import io.hilum.contracts.event.DeadLetterKind;
import io.hilum.contracts.event.ImageReceived;
import io.hilum.imaging.dicom.Tag;
import io.hilum.imaging.net.FileMeta;
import io.hilum.imaging.net.Part10Input;
import io.hilum.imaging.net.ScuOptions;
import io.hilum.imaging.net.StorageScu;
import io.hilum.imaging.net.StoreOutcome;
import io.hilum.ingest.FakeGateway;
import io.hilum.ingest.Films;
import io.hilum.ingest.IngestNode;
import io.hilum.ingest.Nodes;
import io.hilum.ingest.admin.RefusalRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real C-STORE through the whole door, on real disks. */
class DicomDoorTest {

    private static final int ASSOCIATIONS = 64;

    @TempDir
    Path directory;

    private final FakeGateway gateway = new FakeGateway();

    private static StoreOutcome send(int port, String calling, byte[] file) throws IOException {
        Part10Input part10 = Part10Input.read(new ByteArrayInputStream(file));
        FileMeta meta = part10.meta();
        try (StorageScu scu = StorageScu.connect(ScuOptions.to("127.0.0.1", port, "HILUM", calling), List.of(meta))) {
            return scu.store(meta, part10.dataSet());
        }
    }

    @Test
    void losesNoneOfSixtyFourOverlappingAssociations() throws Exception {
        ExecutorService senders = Executors.newFixedThreadPool(ASSOCIATIONS);
        CyclicBarrier together = new CyclicBarrier(ASSOCIATIONS);
        try (IngestNode node = Nodes.start(directory, gateway, Map.of())) {
            List<Future<StoreOutcome>> sent = new ArrayList<>();
            for (int i = 0; i < ASSOCIATIONS; i++) {
                // Every object comes twice at the same time, from two senders.
                byte[] film = Films.file(Films.chest("1.2." + i / 4, "1.3." + i / 2));
                String calling = "SCU" + i;
                sent.add(senders.submit(() -> {
                    together.await();
                    return send(node.dicomPort(), calling, film);
                }));
            }
            for (Future<StoreOutcome> each : sent) {
                assertTrue(each.get().stored(), () -> each.toString());
            }
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> node.journal().backlog() == 0);
        } finally {
            senders.shutdownNow();
        }
        List<ImageReceived> images = gateway.events(ImageReceived.class);
        assertEquals(ASSOCIATIONS / 2, images.stream().map(ImageReceived::getSopInstanceUid).collect(Collectors.toSet()).size());
        assertEquals(ASSOCIATIONS / 2, images.size(), "one event an object");
    }

    @Test
    void tellsTheSenderTheReason() throws IOException {
        try (IngestNode node = Nodes.start(directory, gateway, Map.of())) {
            StoreOutcome hand = send(node.dicomPort(), "MODALITY1",
                    Films.file(Films.chest("1.2", "1").putString(Tag.BODY_PART_EXAMINED, "HAND")));
            assertEquals(0xC011, hand.status());
            assertEquals("Body part is not chest", hand.comment());
            RefusalRecord listed = node.ledger().refusals().get(0);
            assertEquals("MODALITY1", listed.sender());
            assertEquals("0xC011", listed.status());
        }
    }

    @Test
    void answersA700WhenTheDiskIsLow() throws IOException {
        try (IngestNode node = Nodes.start(directory, gateway,
                Map.of("hilum.ingest.low-water-mark", Long.toString(Long.MAX_VALUE)))) {
            assertEquals(0xA700, send(node.dicomPort(), "MODALITY1", Films.file(Films.chest("1.2", "1"))).status());
        }
    }

    @Test
    void accountsForEveryFileThatDcmsendOffers() throws Exception {
        Path shared = sharedFilms();
        try (IngestNode node = Nodes.start(directory, gateway, Map.of())) {
            List<String> command = new ArrayList<>(List.of("dcmsend", "-v", "--no-halt", "--decompress-never",
                    "-aec", "HILUM", "127.0.0.1", Integer.toString(node.dicomPort())));
            command.addAll(dicom(shared));
            command.addAll(dicom(shared.resolve("not-chest")));
            String output = output(command);
            assertTrue(output.contains("Success"), output);
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> node.journal().backlog() == 0);
            assertEquals(40, gateway.events(ImageReceived.class).size(), "all films of chests");
            Set<String> refused = new HashSet<>();
            node.ledger().refusals().forEach(refusal -> refused.add(refusal.causeCode()));
            assertEquals(Set.of("wrong-sop-class", "not-chest"), refused);
            String sentences = node.ledger().refusals().toString();
            for (String kind : List.of("CT Image", "MR Image", "RT Dose", "Segmentation", "Ultrasound")) {
                assertTrue(sentences.contains(kind), kind + " is not accounted for in " + sentences);
            }
            Awaitility.await().until(() -> gateway.events(DeadLetter.class).size() == node.ledger().refusals().size());
            gateway.events(DeadLetter.class).forEach(letter -> assertEquals(DeadLetterKind.REFUSED_AT_DOOR, letter.getKind()));
        }
    }

    @Test
    void rendersWhatStorescuPacksAsJpegLsAndJpeg2000() throws Exception {
        Path shared = sharedFilms();
        Path near = directory.resolve("near.dcm");
        output(List.of("dcmcjpls", "+en", shared.resolve("06-dx-explicit-le-12bit-mono2.dcm").toString(), near.toString()));
        Map<String, Path> films = Map.of(
                "--propose-jls-lossless", shared.resolve("33-dx-jpeg-ls-12bit-mono2.dcm"), "--propose-jls-lossy", near,
                "--propose-j2k-lossless", shared.resolve("39-cr-jpeg2000-16bit-mono2.dcm"));
        try (IngestNode node = Nodes.start(directory, gateway, Map.of())) {
            for (Map.Entry<String, Path> film : films.entrySet()) {
                String output = output(List.of("storescu", "-v", film.getKey(), "-aec", "HILUM", "127.0.0.1",
                        Integer.toString(node.dicomPort()), film.getValue().toString()));
                assertTrue(output.contains("(Success)"), output);
            }
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> gateway.events(ImageReceived.class).size() == 3);
            gateway.events(ImageReceived.class).forEach(image -> assertTrue(image.getCanvas().getWidth() >= 512, image::toString));
            assertTrue(node.ledger().refusals().isEmpty(), () -> node.ledger().refusals().toString());
        }
    }

    @Test
    void namesTheCompressionThatItCannotRead() throws Exception {
        Path twelve = directory.resolve("twelve.dcm");
        output(List.of("dcmcjpeg", "+ee", sharedFilms().resolve("06-dx-explicit-le-12bit-mono2.dcm").toString(), twelve.toString()));
        try (IngestNode node = Nodes.start(directory, gateway, Map.of())) {
            output(List.of("dcmsend", "--decompress-never", "-aec", "HILUM", "127.0.0.1", Integer.toString(node.dicomPort()),
                    twelve.toString()));
            Awaitility.await().until(() -> !node.ledger().refusals().isEmpty());
            RefusalRecord listed = node.ledger().refusals().get(0);
            assertEquals("unsupported-transfer-syntax", listed.causeCode());
            assertTrue(listed.cause().contains("JPEG Extended (12 bit)"), listed::cause);
            assertTrue(gateway.events(ImageReceived.class).isEmpty());
        }
    }

    private static Path sharedFilms() {
        Path shared = Path.of(System.getProperty("hilum.shared", "../shared")).resolve("data/dicom");
        Assumptions.assumeTrue(Files.isDirectory(shared), "SKIPPED: no ../shared/data/dicom here");
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/dcmsend")), "SKIPPED: dcmtk is not installed");
        return shared;
    }

    private static String output(List<String> command) throws Exception {
        Process tool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        tool.waitFor();
        return output;
    }

    private static List<String> dicom(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            // A DICOMDIR is no object that can be sent: dcmsend refuses it by itself.
            return files.map(Path::toString).filter(name -> name.endsWith(".dcm") && !name.contains("dicomdir")).sorted().toList();
        }
    }
}
