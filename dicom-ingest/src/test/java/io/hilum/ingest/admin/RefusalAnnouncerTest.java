package io.hilum.ingest.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.Message;
import io.hilum.contracts.event.DeadLetter;
import io.hilum.contracts.topic.Topic;
import io.hilum.contracts.trace.TraceContext;
import io.hilum.ingest.FakeGateway;
import io.hilum.ingest.IngestNode;
import io.hilum.ingest.Nodes;
import io.hilum.ingest.door.RefusalCause;
import io.hilum.ingest.door.Way;
import io.hilum.ingest.publish.Gateway;
import io.hilum.ingest.publish.UnsendableException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusalAnnouncerTest {

    @TempDir
    Path directory;

    private final FakeGateway topics = new FakeGateway();

    /** Takes no letter from HOSTILE, ever. */
    private final Gateway picky = new Gateway() {
        @Override
        public void prepare() {
            topics.prepare();
        }

        @Override
        public CompletableFuture<Void> send(Topic topic, String key, Message event, Optional<TraceContext> trace) {
            return event instanceof DeadLetter letter && letter.getSender().equals("HOSTILE")
                    ? CompletableFuture.failedFuture(new UnsendableException("record of 60 MB", null))
                    : topics.send(topic, key, event, trace);
        }

        @Override
        public void close() { }
    };

    @Test
    void isNotHeldUpForEverByALetterThatTheBrokerWillNeverTake() throws IOException {
        try (IngestNode node = Nodes.start(directory, picky, Map.of("hilum.ingest.dicom.enabled", "false"))) {
            node.door().refuse(Way.C_STORE, "HOSTILE", RefusalCause.NOT_DICOM, "No DICOM.");
            node.door().refuse(Way.C_STORE, "MODALITY1", RefusalCause.NOT_DICOM, "No DICOM.");
            Awaitility.await().until(() -> !topics.events(DeadLetter.class).isEmpty());
            assertEquals("MODALITY1", topics.events(DeadLetter.class).get(0).getSender());
        }
    }
}
