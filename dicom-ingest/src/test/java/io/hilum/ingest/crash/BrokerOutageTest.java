package io.hilum.ingest.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.contracts.event.FindingsStatus;
import io.hilum.contracts.event.ImageFindings;
import io.hilum.contracts.event.StudyFindings;
import io.hilum.contracts.topic.Topics;
import io.hilum.embedded.BrokerProcess;
import io.hilum.imaging.dicom.Tag;
import io.hilum.ingest.Films;
import io.hilum.ingest.IngestNode;
import io.hilum.ingest.Nodes;
import io.hilum.ingest.admin.FindingsReader;
import io.hilum.ingest.admin.Reconcile;
import io.hilum.ingest.admin.ReconcileReport;
import io.hilum.ingest.door.Receipt;
import io.hilum.ingest.door.Way;
import io.hilum.ingest.publish.KafkaGateway;
import io.hilum.ingest.publish.PublisherState;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real broker that dies and comes back. */
class BrokerOutageTest {

    private static final Map<String, String> NO_DICOM = Map.of("hilum.ingest.dicom.enabled", "false");

    @TempDir
    Path brokerDirectory;

    @TempDir
    Path directory;

    private static KafkaGateway gateway(BrokerProcess broker) {
        return new KafkaGateway(Map.of("bootstrap.servers", broker.bootstrapServers()), 4, (short) 1);
    }

    private static Receipt.Accepted receive(IngestNode node, String uid) throws IOException {
        byte[] film = Films.file(Films.chest("1.2." + uid, uid));
        return assertInstanceOf(Receipt.Accepted.class,
                node.door().receiveFile(Way.FOLDER, "test", null, new ByteArrayInputStream(film)));
    }

    private static void awaitEmptyJournal(IngestNode node) {
        Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> node.journal().backlog() == 0);
    }

    @Test
    void losesNothingWhenTheBrokerDiesAndComesBack() throws Exception {
        try (BrokerProcess broker = BrokerProcess.start(brokerDirectory)) {
            broker.kill();
            try (IngestNode node = Nodes.start(directory, gateway(broker), NO_DICOM)) {
                receive(node, "1.1");
                Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> node.publisher().state() == PublisherState.DEGRADED);
                assertEquals(1, node.journal().backlog());
                broker.restart();
                awaitEmptyJournal(node);
                assertEquals(PublisherState.PUBLISHING, node.publisher().state());
                broker.kill();
                for (int i = 2; i < 30; i++) {
                    receive(node, "1." + i);
                }
                assertTrue(node.journal().backlog() > 0, "the door goes on without a broker");
                broker.restart();
                awaitEmptyJournal(node);
            }
            assertEquals(29, new HashSet<>(Topic.images(broker.bootstrapServers())).size());
        }
    }

    @Test
    void republishesFromTheStoreWhatTheBrokerLost() throws Exception {
        try (BrokerProcess broker = BrokerProcess.start(brokerDirectory)) {
            Map<String, Object> connection = Map.of("bootstrap.servers", broker.bootstrapServers());
            try (IngestNode node = Nodes.start(directory, gateway(broker), NO_DICOM)) {
                Receipt.Accepted scored = receive(node, "1.1");
                receive(node, "1.2");
                awaitEmptyJournal(node);
                publishFinding(connection, scored);
            }
            // The journal's disk is lost, too.
            delete(directory.resolve("data"));
            try (IngestNode node = Nodes.start(directory, gateway(broker), NO_DICOM)) {
                Reconcile reconcile = new Reconcile(node.store(), node.journal(), node.ledger(), new FindingsReader(connection),
                        node.tracer());
                ReconcileReport young = reconcile.run(false, false, Duration.ofHours(1));
                assertEquals(1, young.tooYoung());
                ReconcileReport look = reconcile.run(true, false, Duration.ZERO);
                assertEquals(2, look.objects());
                assertEquals(1, look.withFindings());
                assertEquals(1, look.missing());
                assertEquals(0, look.republished());
                assertTrue(look.examples().get(0).contains("/1.2-"), look.examples().toString());
                assertEquals(1, reconcile.run(false, false, Duration.ZERO).republished());
                awaitEmptyJournal(node);
            }
            assertEquals(2, Topic.images(broker.bootstrapServers()).stream().filter("1.2"::equals).count());
            assertEquals(1, Topic.images(broker.bootstrapServers()).stream().filter("1.1"::equals).count());
        }
    }

    private static void publishFinding(Map<String, Object> connection, Receipt.Accepted scored) throws Exception {
        String digest = scored.key().replaceAll(".*-([0-9a-f]{16})\\.dcm", "$1") + "0".repeat(48);
        StudyFindings finding = StudyFindings.newBuilder().setStudyUid(scored.studyUid()).setRevision(1)
                .setStatus(FindingsStatus.FINAL)
                .addImages(ImageFindings.newBuilder().setSopInstanceUid(scored.sopInstanceUid()).setObjectSha256(digest)).build();
        try (KafkaGateway sender = new KafkaGateway(connection, 4, (short) 1)) {
            sender.send(Topics.FINDINGS, scored.studyUid(), finding).get();
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void keepsPersonsOffEveryTopicButOne() throws Exception {
        try (BrokerProcess broker = BrokerProcess.start(brokerDirectory);
                IngestNode node = Nodes.start(directory, gateway(broker), NO_DICOM)) {
            byte[] film = Films.file(Films.chest("1.2", "1.3").putString(Tag.PATIENT_NAME, "UNIQUENAME^X"));
            node.door().receiveFile(Way.FOLDER, "test", null, new ByteArrayInputStream(film));
            awaitEmptyJournal(node);
            for (io.hilum.contracts.topic.Topic topic : Topics.ALL) {
                boolean named = Topic.read(broker.bootstrapServers(), topic).toString().contains("UNIQUENAME");
                assertEquals(topic == Topics.STUDIES, named, topic.name());
            }
        }
    }
}
