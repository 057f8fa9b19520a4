package io.hilum.ingest.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.embedded.BrokerProcess;
import io.hilum.imaging.net.FileMeta;
import io.hilum.imaging.net.Part10Input;
import io.hilum.imaging.net.ScuOptions;
import io.hilum.imaging.net.StorageScu;
import io.hilum.ingest.Films;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL at every step between two writes: no acknowledged image is lost, and none that was not is half there. */
class KillTest {

    @TempDir
    static Path brokerDirectory;
    private static BrokerProcess broker;

    @TempDir
    Path directory;

    @BeforeAll
    static void broker() {
        broker = BrokerProcess.start(brokerDirectory);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    /** @return whether the sender was told success */
    private static boolean send(int port, String uid) {
        try {
            byte[] file = Films.file(Films.chest("1.2." + uid, uid));
            Part10Input part10 = Part10Input.read(new ByteArrayInputStream(file));
            FileMeta meta = part10.meta();
            try (StorageScu scu = StorageScu.connect(ScuOptions.to("127.0.0.1", port, "HILUM", "SCU"), List.of(meta))) {
                return scu.store(meta, part10.dataSet()).stored();
            }
        } catch (IOException cutOff) {
            return false;
        }
    }

    private static long events(String uid) {
        return Collections.frequency(Topic.images(broker.bootstrapServers()), uid);
    }

    /** Kills at the fault, starts again, and does what a sender does: sends again what was not acknowledged. */
    private void survives(String fault, String uid, boolean acknowledged, long mostEvents) throws Exception {
        try (NodeProcess node = NodeProcess.start(directory, broker.bootstrapServers(), fault)) {
            CompletableFuture<Boolean> sent = CompletableFuture.supplyAsync(() -> send(node.port(), uid));
            node.awaitFault();
            if (acknowledged) {
                assertTrue(sent.get(), "the sender has its success before " + fault);
            }
            node.kill();
            assertEquals(acknowledged, sent.get());
        }
        try (NodeProcess node = NodeProcess.start(directory, broker.bootstrapServers(), null)) {
            if (!acknowledged) {
                assertTrue(send(node.port(), uid), "sent again as any sender does");
            }
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> events(uid) >= 1);
        }
        // A third start shows that everything is marked: nothing is announced once more.
        try (NodeProcess node = NodeProcess.start(directory, broker.bootstrapServers(), null)) {
            assertTrue(send(node.port(), uid + ".9"));
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> events(uid + ".9") == 1);
            assertTrue(events(uid) <= mostEvents, "announced " + events(uid) + " times");
        }
    }

    @Test
    void acknowledgesNothingWhenKilledBeforeTheObjectIsDurable() throws Exception {
        survives("object-received", "1.1", false, 1);
    }

    @Test
    void losesNoImageWhenKilledBetweenObjectAndJournal() throws Exception {
        survives("object-durable", "1.2", false, 1);
    }

    @Test
    void losesNoImageWhenKilledBetweenJournalAndAnswer() throws Exception {
        survives("journal-durable", "1.3", false, 1);
    }

    @Test
    void losesNoAcknowledgedImageWhenKilledBetweenCanvasAndTopic() throws Exception {
        survives("canvas-durable", "1.4", true, 1);
    }

    @Test
    void losesNoAcknowledgedImageWhenKilledBetweenTopicAndMark() throws Exception {
        // At least once: the same image, recognised downstream by UID and digest.
        survives("published", "1.5", true, 3);
        assertFalse(events("1.5") < 2, "it was sent before the kill and again after it");
        assertEquals(1, Topic.traces(broker.bootstrapServers(), "1.5").size(), "in the same trace");
    }

    @Test
    void losesNoAcknowledgedImageWhenKilledAfterTheMark() throws Exception {
        survives("marked", "1.6", true, 2);
    }
}
