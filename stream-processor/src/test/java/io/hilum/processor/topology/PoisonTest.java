package io.hilum.processor.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.hilum.contracts.event.Canvas;
import io.hilum.contracts.event.DeadLetter;
import io.hilum.contracts.event.DeadLetterKind;
import io.hilum.contracts.event.ImageReceived;
import io.hilum.contracts.event.StudyWithdrawn;
import io.hilum.contracts.serde.DeadLetterHeaders;
import io.hilum.processor.FakeScorer;
import io.hilum.processor.TestImages;
import io.hilum.processor.TestOptions;
import io.hilum.processor.event.MicroClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever stands on the topic, the stream goes on, and the administrator learns of it. */
class PoisonTest {

    @TempDir
    Path stateDir;

    private TopologyHarness stream;

    @BeforeEach
    void start() {
        stream = new TopologyHarness(TriageTopology.of(
                (image, urgent) -> CompletableFuture.completedFuture(FakeScorer.scoresOf(image)),
                TestOptions.topology(), new SimpleMeterRegistry(), MicroClock.SYSTEM), stateDir);
    }

    @AfterEach
    void stop() {
        ImageReceived sound = TestImages.image(9, 9).build();
        stream.images.pipeInput(sound.getStudyUid(), sound);
        assertEquals(TestImages.study(9), stream.findings().get(0).getStudyUid(), "the stream must go on");
        stream.close();
    }

    @Test
    void bytesThatAreNoEventDoNotStopTheStream() {
        byte[] noise = new byte[100_000];
        new Random(1).nextBytes(noise);
        stream.anything.pipeInput("key", noise);
        stream.anything.pipeInput("key", "{\"json\": true}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        List<DeadLetter> letters = stream.deadLetters();
        assertEquals(2, letters.size());
        assertEquals(DeadLetterKind.UNPROCESSABLE_RECORD, letters.get(0).getKind());
        assertEquals("unreadable-record", letters.get(0).getCauseCode());
        assertEquals("hilum.images", letters.get(0).getOrigin().getTopic());
        assertEquals(64 << 10, letters.get(0).getRecordValue().size(), "a dead letter must itself fit into a record");
        assertEquals("key", letters.get(0).getRecordKey().toStringUtf8());
    }

    @Test
    void aLetterHidesItsCauseFromNoKafkaTool() {
        stream.anything.pipeInput("key", new byte[] {1});
        stream.anything.pipeInput("key", new byte[] {1});
        TestRecord<String, Message> record = stream.deadLetterRecords().get(1);
        assertEquals("unreadable-record", header(record, DeadLetterHeaders.CAUSE_CODE));
        assertEquals("stream-processor", header(record, DeadLetterHeaders.SERVICE));
        assertEquals("hilum.images/0/1", header(record, DeadLetterHeaders.ORIGIN_TOPIC) + "/"
                + header(record, DeadLetterHeaders.ORIGIN_PARTITION) + "/" + header(record, DeadLetterHeaders.ORIGIN_OFFSET));
        assertTrue(header(record, DeadLetterHeaders.CAUSE).startsWith("The record cannot be read"));
    }

    @Test
    void emptyRecordsAndMissingKeysDoNotStopTheStream() {
        stream.anything.pipeInput("key", null);
        stream.anything.pipeInput(null, new byte[] {1});
        stream.images.pipeInput(null, TestImages.image(1, 0).build());
        assertEquals(List.of("empty-record", "unreadable-record", "misplaced-event"), codes());
    }

    @Test
    void aForeignSchemaIsNotReadAsAnImage() {
        RecordHeaders headers = new RecordHeaders();
        headers.add("hilum.schema", "hilum.v1.LabelAssigned".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        stream.anything.pipeInput(new TestRecord<>("key", new byte[0], headers));
        assertEquals(List.of("unreadable-record"), codes());
    }

    @Test
    void incompleteEventsAreNotScored() {
        send(TestImages.image(1, 0).setSopInstanceUid(""));
        send(TestImages.image(1, 0).setSopInstanceUid("1".repeat(65)));
        send(TestImages.image(1, 0).setObjectSha256("ABC"));
        send(TestImages.image(1, 0).setSite("x".repeat(2000)));
        send(TestImages.image(1, 0).setCanvas(Canvas.newBuilder().setPng(ByteString.copyFromUtf8("p"))));
        assertEquals(List.of("invalid-event", "invalid-event", "invalid-event", "invalid-event", "invalid-event"), codes());
        assertEquals(List.of(), stream.findings());
    }

    @Test
    void anEventUnderAnotherStudysKeyTouchesNoStudy() {
        stream.images.pipeInput(TestImages.study(2), TestImages.image(1, 0).build());
        stream.images.pipeInput(TestImages.study(2), StudyWithdrawn.newBuilder().setStudyUid(TestImages.study(1)).build());
        assertEquals(List.of("misplaced-event", "misplaced-event"), codes());
        assertEquals(List.of(), stream.findings());
    }

    @Test
    void aWithdrawalHasNoPlaceOnTheUrgentTopic() {
        assertTrue(org.junit.jupiter.api.Assertions.assertThrows(RuntimeException.class, () -> stream.urgent.pipeInput("k",
                StudyWithdrawn.newBuilder().setStudyUid("k").build())).getMessage().contains("hilum.images-stat may not carry"));
    }

    private void send(ImageReceived.Builder image) {
        stream.images.pipeInput(image.getStudyUid(), image.build());
    }

    private static String header(TestRecord<String, Message> record, String name) {
        return new String(record.headers().lastHeader(name).value(), java.nio.charset.StandardCharsets.UTF_8);
    }

    private List<String> codes() {
        return stream.deadLetters().stream().map(DeadLetter::getCauseCode).toList();
    }
}
