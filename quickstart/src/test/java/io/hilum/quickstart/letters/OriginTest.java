package io.hilum.quickstart.letters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpServer;
import io.hilum.contracts.event.DeadLetter;
import io.hilum.contracts.event.DeadLetterKind;
import io.hilum.contracts.event.ImageReceived;
import io.hilum.contracts.event.Origin;
import io.hilum.contracts.topic.Topics;
import io.hilum.quickstart.letters.LettersBroker.Said;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be sent again of each kind of letter, and the sentence where nothing can. */
class OriginTest {

    @TempDir
    static Path directory;

    private static LettersBroker broker;

    @BeforeAll
    static void start() throws Exception {
        broker = new LettersBroker(directory.resolve("broker"));
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void sendsNothingThatWasRefusedAtTheDoor() throws Exception {
        Said said = replay(letter("not-chest").setKind(DeadLetterKind.REFUSED_AT_DOOR)
                .setOrigin(Origin.newBuilder().setService("dicom-ingest")).setSender("CT1"));
        assertEquals(1, said.status());
        assertTrue(said.out().contains("from CT1: not sent: It was refused at the door and never stored"), said.out());
        assertTrue(said.out().contains("0 of 1 replayed"), said.out());
    }

    @Test
    void sendsNoOtherRecordThatTookTheImagesPlace() throws Exception {
        RecordMetadata other = broker.send(Topics.IMAGES, "2.25.5", ScoringStream.image("2.25.5", 1));
        int before = broker.all(Topics.IMAGES).size();
        DeadLetter.Builder sameKey = ofRecord(other, ScoringStream.image("2.25.5", 2));
        assertTrue(replay(sameKey).out().contains("is not image 2.25.5.2"), "the SOP Instance UID must be checked");
        RecordMetadata where = broker.send(Topics.DEAD_LETTERS, "2.25.6", sameKey.build());
        Said otherKey = broker.run("replay", id(where));
        assertTrue(otherKey.out().contains("has another key than the letter"), otherKey.out());
        assertEquals(before, broker.all(Topics.IMAGES).size());
    }

    @Test
    void saysWhoHasTheObjectWhenTheRecordIsGone() throws Exception {
        ImageReceived image = ScoringStream.image("2.25.7", 0);
        RecordMetadata gone = broker.send(Topics.IMAGES_STAT, "2.25.7", image);
        broker.forget(gone);
        Said said = replay(ofRecord(gone, image).setObjectUri("file:///objects/x.dcm"));
        assertEquals(1, said.status(), "not done is not success");
        assertTrue(said.out().contains("only its object is left (file:///objects/x.dcm)"), said.out());
        assertTrue(said.out().contains("--door URL"), said.out());
        assertTrue(replay(ofRecord(gone, image).clearObjectUri()).out().contains("is gone from the topic"));
    }

    @Test
    void asksTheDoorOnceForAllStoredImages() throws Exception {
        List<String> asked = new CopyOnWriteArrayList<>();
        HttpServer door = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        door.createContext("/api/reconcile", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI().getQuery());
            byte[] answer = "{\"republished\":2}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        door.start();
        try {
            DeadLetter.Builder quarantined = letter("stored-only").setKind(DeadLetterKind.QUARANTINED)
                    .setOrigin(Origin.newBuilder().setService("dicom-ingest")).setObjectUri("file:///objects/y.dcm");
            broker.send(Topics.DEAD_LETTERS, "2.25.8", quarantined.build());
            broker.send(Topics.DEAD_LETTERS, "2.25.8", quarantined.build());
            Said said = broker.run("replay", "--code", "stored-only", "--door", "http://127.0.0.1:" + door.getAddress().getPort());
            assertEquals(0, said.status(), said.toString());
            assertTrue(said.out().contains("{\"republished\":2}"), said.out());
            assertEquals(List.of("POST olderThanSeconds=0&dryRun=false&quarantined=true"), asked);
        } finally {
            door.stop(0);
        }
    }

    @Test
    void listsWhatWasAskedForAndNothingElse() throws Exception {
        broker.send(Topics.DEAD_LETTERS, "a", letter("filter-me").setSite("north").setStudyUid("2.25.1").build());
        broker.send(Topics.DEAD_LETTERS, "b", letter("filter-me").setSite("south").setStudyUid("2.25.2").setAt(1_000_000).build());
        assertTrue(broker.run("list", "--code", "filter-me").out().contains("2 dead letters."));
        assertTrue(broker.run("list", "--code", "filter-me", "--site", "south").out().contains("study 2.25.2"));
        assertTrue(broker.run("list", "--code", "filter-me", "--study", "2.25.1").out().contains("1 dead letter."));
        assertTrue(broker.run("list", "--code", "filter-me", "--since", "1h").out().contains("1 dead letter."), "one is of 1970");
        assertTrue(broker.run("list", "--code", "never").out().contains("No dead letter like that."));
    }

    @Test
    void foreignBytesAmongTheLettersStopNothing() throws Exception {
        broker.send(Topics.DEAD_LETTERS, "x", new byte[] {(byte) 0xff, 1}, new RecordHeaders());
        broker.send(Topics.DEAD_LETTERS, "x", letter("after-noise").build());
        Said said = broker.run("list", "--code", "after-noise");
        assertTrue(said.out().contains("1 dead letter."), said.out());
        assertTrue(said.err().contains("is no dead letter"), said.err());
    }

    @Test
    void aWrongIdOrFileIsASentence() throws Exception {
        assertTrue(broker.run("show", "seventeen").err().contains("ids look like 0-17"));
        assertTrue(broker.run("show", "0-99999").err().contains("There is no dead letter 0-99999"));
        assertTrue(broker.run("replay").err().contains("Name letters by their IDs"));
        assertTrue(broker.run("list", "--since", "yesterday").err().contains("'yesterday' is no time"));
        assertTrue(broker.run("list", "--config", "/no/such/file").err().contains("cannot be read"));
    }

    @Test
    void readsConnectionSettingsFromAFile() throws Exception {
        Path file = Files.writeString(directory.resolve("client.properties"), "security.protocol=NO_SUCH_PROTOCOL\n");
        assertTrue(broker.run("list", "--config", file.toString()).err().contains("NO_SUCH_PROTOCOL"));
    }

    private static DeadLetter.Builder letter(String code) {
        return DeadLetter.newBuilder().setKind(DeadLetterKind.UNPROCESSABLE_RECORD).setCauseCode(code).setCause("A cause.")
                .setAt(System.currentTimeMillis() * 1000);
    }

    private static DeadLetter.Builder ofRecord(RecordMetadata where, ImageReceived image) {
        return letter("inference-failed").setStudyUid(image.getStudyUid()).setSopInstanceUid(image.getSopInstanceUid())
                .setRecordKey(ByteString.copyFromUtf8(image.getStudyUid()))
                .setOrigin(Origin.newBuilder().setTopic(where.topic()).setPartition(where.partition()).setOffset(where.offset()));
    }

    private static Said replay(DeadLetter.Builder letter) throws Exception {
        return broker.run("replay", id(broker.send(Topics.DEAD_LETTERS, letter.getStudyUid(), letter.build())));
    }

    private static String id(RecordMetadata where) {
        return where.partition() + "-" + where.offset();
    }
}
