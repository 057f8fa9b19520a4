package io.hilum.ingest.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.contracts.event.ImageReceived;
import io.hilum.imaging.dicom.Tag;
import io.hilum.ingest.FakeGateway;
import io.hilum.ingest.Films;
import io.hilum.ingest.IngestNode;
import io.hilum.ingest.Nodes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedFolderTest {

    @TempDir
    Path directory;

    private final FakeGateway gateway = new FakeGateway();
    private Path in;

    @BeforeEach
    void folder() throws IOException {
        in = Files.createDirectory(directory.resolve("in"));
    }

    private IngestNode start(Map<String, String> more) throws IOException {
        Map<String, String> options = new HashMap<>(Map.of("hilum.ingest.dicom.enabled", "false",
                "hilum.ingest.folder.path", in.toString(), "hilum.ingest.folder.stable-for", "300ms",
                "hilum.ingest.folder.scan-every", "50ms"));
        options.putAll(more);
        return Nodes.start(directory, gateway, options);
    }

    @Test
    void movesEachFileToWhereItBelongsWithTheReasonBesideIt() throws IOException {
        Files.createDirectory(in.resolve("study"));
        Files.write(in.resolve("study/chest.dcm"), Films.file(Films.chest("1.2", "1")));
        Files.write(in.resolve("hand.dcm"), Films.file(Films.chest("1.2", "2").putString(Tag.BODY_PART_EXAMINED, "HAND")));
        Files.writeString(in.resolve("notes.txt"), "no film");
        Files.write(in.resolve("writing.dcm.part"), Films.file(Films.chest("1.2", "3")));
        try (IngestNode node = start(Map.of())) {
            Awaitility.await().until(() -> Files.exists(in.resolve("done/study/chest.dcm"))
                    && Files.exists(in.resolve("refused/hand.dcm.reason.txt"))
                    && Files.exists(in.resolve("refused/notes.txt.reason.txt")));
            assertTrue(Files.readString(in.resolve("refused/hand.dcm.reason.txt")).startsWith("not-chest"));
            assertTrue(Files.exists(in.resolve("writing.dcm.part")), "a file that is being written is not looked at");
            assertEquals(2, node.ledger().refusals().size());
            Files.move(in.resolve("writing.dcm.part"), in.resolve("chest.dcm"));
            Awaitility.await().until(() -> Files.exists(in.resolve("done/chest.dcm")));
            Awaitility.await().until(() -> gateway.events(ImageReceived.class).size() == 2);
        }
    }

    @Test
    void doesNotTakeAFileThatStillGrows() throws Exception {
        byte[] film = Films.file(Films.chest("1.2", "1"));
        try (IngestNode node = start(Map.of()); OutputStream slow = Files.newOutputStream(in.resolve("slow.dcm"))) {
            for (int at = 0; at < film.length; at += 500) {
                slow.write(film, at, Math.min(500, film.length - at));
                slow.flush();
                assertFalse(Files.exists(in.resolve("refused/slow.dcm")), "taken half written");
                java.util.concurrent.TimeUnit.MILLISECONDS.sleep(60);
            }
            Awaitility.await().until(() -> Files.exists(in.resolve("done/slow.dcm")));
            assertTrue(node.ledger().refusals().isEmpty());
        }
    }

    @Test
    void letsNoFileThatCannotBeMovedHoldUpTheFilesBehindIt() throws IOException {
        Files.createDirectory(in.resolve("a"));
        Files.createDirectory(in.resolve("done"));
        Files.writeString(in.resolve("done/a"), "a file where a directory must be");
        Files.write(in.resolve("a/chest.dcm"), Films.file(Films.chest("1.2", "1")));
        Files.write(in.resolve("b.dcm"), Films.file(Films.chest("1.2", "2")));
        try (IngestNode node = start(Map.of())) {
            Awaitility.await().until(() -> Files.exists(in.resolve("done/b.dcm")));
            Awaitility.await().until(() -> node.journal().backlog() == 0);
            assertTrue(Files.exists(in.resolve("a/chest.dcm")), "it is tried again");
            Files.delete(in.resolve("done/a"));
            Awaitility.await().until(() -> Files.exists(in.resolve("done/a/chest.dcm")));
            assertEquals(2, gateway.events(ImageReceived.class).size(), "its repetition is no second event");
        }
    }

    @Test
    void leavesTheFileWhereItIsWhileTheDiskIsFull() throws IOException {
        Files.write(in.resolve("chest.dcm"), Films.file(Films.chest("1.2", "1")));
        try (IngestNode node = start(Map.of("hilum.ingest.low-water-mark", Long.toString(Long.MAX_VALUE)))) {
            Awaitility.await().during(Duration.ofSeconds(1)).until(() -> Files.exists(in.resolve("chest.dcm"))
                    && node.ledger().refusals().isEmpty());
        }
        assertTrue(gateway.sent.isEmpty(), "a refusal and a dead letter at every scan help nobody");
        try (IngestNode node = start(Map.of())) {
            Awaitility.await().until(() -> Files.exists(in.resolve("done/chest.dcm")));
            Awaitility.await().until(() -> node.journal().backlog() == 0);
        }
    }
}
