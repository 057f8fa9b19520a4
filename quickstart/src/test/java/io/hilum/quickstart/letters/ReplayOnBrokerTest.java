package io.hilum.quickstart.letters;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hilum.contracts.event.FindingsStatus;
import io.hilum.contracts.event.ImageFindings;
import io.hilum.contracts.event.ImageReceived;
import io.hilum.contracts.event.Scope;
import io.hilum.contracts.event.StudyFindings;
import io.hilum.contracts.serde.DeadLetterHeaders;
import io.hilum.contracts.topic.Topics;
import io.hilum.quickstart.letters.LettersBroker.Said;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dead letter's whole life: a poison image, its letter, the repair, the replay, the study with its image. */
class ReplayOnBrokerTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path directory;

    private static LettersBroker broker;
    private static ScoringStream stream;

    @BeforeAll
    static void start() throws Exception {
        broker = new LettersBroker(directory.resolve("broker"));
        stream = new ScoringStream(broker.bootstrap(), directory.resolve("state"), Duration.ofSeconds(1));
    }

    @AfterAll
    static void stop() {
        if (stream != null) {
            stream.close();
        }
        if (broker != null) {
            broker.close();
        }
    }

    @Test
    void anImageThatCouldNotBeScoredIsNotLostForItsStudy() throws Exception {
        String study = "2.25.1";
        ImageReceived poison = ScoringStream.image(study, 1);
        stream.breakFor(poison.getSopInstanceUid());
        broker.send(Topics.IMAGES, study, ScoringStream.image(study, 0));
        broker.send(Topics.IMAGES, study, poison);
        await().atMost(SOON).until(() -> statusOf(study) == FindingsStatus.FINAL);
        assertEquals(Scope.NOT_SCORED, imageOf(study, poison.getSopInstanceUid()).getScope());

        JsonNode letter = JSON.readTree(broker.run("list", "--json", "--study", study, "--code", "inference-failed").out());
        String id = letter.path("id").asText();
        Said shown = broker.run("show", id);
        assertTrue(shown.out().contains("The engine gave no number for it."), shown.out());
        assertTrue(shown.out().contains("hilum.cause-code=inference-failed"), shown.out());
        assertTrue(shown.out().contains("./hilum dead-letters replay " + id), shown.out());

        int images = broker.all(Topics.IMAGES).size();
        assertTrue(broker.run("replay", id, "--dry-run").out().contains("would be sent again to hilum.images"));
        assertEquals(images, broker.all(Topics.IMAGES).size(), "a dry run must send nothing");

        stream.mend();
        Said replayed = broker.run("replay", id);
        assertEquals(0, replayed.status(), replayed.toString());
        assertTrue(replayed.out().startsWith(id + "  image " + poison.getSopInstanceUid() + ": sent again to hilum.images-"),
                replayed.out());
        await().atMost(SOON).until(() -> statusOf(study) == FindingsStatus.AMENDED);
        assertEquals(Scope.IN_SCOPE, imageOf(study, poison.getSopInstanceUid()).getScope());
        int revisions = broker.revisions(study).size();

        double duplicates = stream.duplicates();
        assertEquals(0, broker.run("replay", "--code", "inference-failed", "--since", "1h").status());
        await().atMost(SOON).until(() -> stream.duplicates() > duplicates);
        assertEquals(revisions, broker.revisions(study).size(), "a second replay must change nothing");

        List<ConsumerRecord<byte[], byte[]>> sent = broker.all(Topics.IMAGES).stream()
                .filter(record -> record.headers().lastHeader(DeadLetterHeaders.REPLAY_OF) != null).toList();
        assertEquals(2, sent.size());
        assertArrayEquals(poison.toByteArray(), sent.get(0).value());
        assertEquals(study, new String(sent.get(0).key(), StandardCharsets.UTF_8));
        assertEquals(id, new String(sent.get(0).headers().lastHeader(DeadLetterHeaders.REPLAY_OF).value(), StandardCharsets.UTF_8));
    }

    @Test
    void anImageUnderAnotherStudysKeyFindsItsStudy() throws Exception {
        ImageReceived image = ScoringStream.image("2.25.2", 0);
        broker.send(Topics.IMAGES, "2.25.9999", image);
        await().atMost(SOON).until(() -> broker.run("list", "--study", "2.25.2").out().contains("misplaced-event"));
        assertEquals(0, broker.run("replay", "--code", "misplaced-event").status());
        await().atMost(SOON).until(() -> !broker.revisions("2.25.2").isEmpty());
    }

    @Test
    void aRecordThatNobodyCanReadComesBackByteForByte() throws Exception {
        byte[] noise = {1, 2, 3, (byte) 0xff};
        broker.send(Topics.IMAGES, "noise", noise, new RecordHeaders().add("hilum.schema", "hilum.v1.Unknown".getBytes()));
        await().atMost(SOON).until(() -> broker.run("list", "--code", "unreadable-record").out().contains("1 dead letter."));
        assertEquals(0, broker.run("replay", "--code", "unreadable-record").status());
        List<ConsumerRecord<byte[], byte[]>> twice = broker.all(Topics.IMAGES).stream()
                .filter(record -> record.key() != null && new String(record.key(), StandardCharsets.UTF_8).equals("noise")).toList();
        assertArrayEquals(noise, twice.get(1).value());
        assertEquals("hilum.v1.Unknown", new String(twice.get(1).headers().lastHeader("hilum.schema").value(),
                StandardCharsets.UTF_8), "without it the record would be read as another event");
    }

    private static FindingsStatus statusOf(String study) {
        List<StudyFindings> revisions = broker.revisions(study);
        return revisions.isEmpty() ? null : revisions.get(revisions.size() - 1).getStatus();
    }

    private static ImageFindings imageOf(String study, String sop) {
        List<StudyFindings> revisions = broker.revisions(study);
        return revisions.get(revisions.size() - 1).getImagesList().stream()
                .filter(image -> image.getSopInstanceUid().equals(sop)).findFirst().orElseThrow();
    }
}
