package io.hilum.contracts.serde;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.hilum.contracts.event.DeadLetter;
import io.hilum.contracts.event.DeadLetterKind;
import io.hilum.contracts.event.Origin;
import io.hilum.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class DeadLetterHeadersTest {

    private static final DeadLetter LETTER = DeadLetter.newBuilder()
            .setKind(DeadLetterKind.UNPROCESSABLE_RECORD)
            .setOrigin(Origin.newBuilder().setService("stream-processor").setTopic("hilum.images").setPartition(0).setOffset(0))
            .setCauseCode("inference-failed")
            .setCause("Image 1.2.3 was not scored: größer als erlaubt.")
            .setAt(1_767_225_600_000_001L)
            .build();

    @Test
    void hidesNeitherCauseNorOriginFromToolsThatKnowNoProtobuf() {
        assertEquals(new TreeMap<>(Map.of(
                "hilum.schema", "hilum.v1.DeadLetter",
                "hilum.schema.version", Integer.toString(SchemaHeaders.CURRENT_VERSION),
                "hilum.cause-code", "inference-failed",
                "hilum.cause", "Image 1.2.3 was not scored: größer als erlaubt.",
                "hilum.kind", "UNPROCESSABLE_RECORD",
                "hilum.service", "stream-processor",
                "hilum.origin-topic", "hilum.images",
                "hilum.origin-partition", "0",
                "hilum.origin-offset", "0",
                "hilum.at", "2026-01-01T00:00:00.000001Z")), written(LETTER));
    }

    @Test
    void claimsNoRecordForWhatWasRefusedAtTheDoor() {
        Map<String, String> headers = written(DeadLetter.newBuilder().setKind(DeadLetterKind.REFUSED_AT_DOOR)
                .setOrigin(Origin.newBuilder().setService("dicom-ingest")).setCauseCode("not-chest").build());
        assertEquals("dicom-ingest", headers.get(DeadLetterHeaders.SERVICE));
        assertNull(headers.get(DeadLetterHeaders.ORIGIN_TOPIC));
        assertNull(headers.get(DeadLetterHeaders.ORIGIN_OFFSET), "an offset without a topic says nothing");
        assertNull(headers.get(DeadLetterHeaders.CAUSE));
        assertNull(headers.get(DeadLetterHeaders.AT));
    }

    @Test
    void keepsNoHeaderOfTheLetterBefore() {
        Headers headers = new RecordHeaders();
        write(headers, LETTER);
        write(headers, LETTER.toBuilder().setCauseCode("unusable-canvas").clearCause().build());
        assertEquals("unusable-canvas", text(headers).get(DeadLetterHeaders.CAUSE_CODE));
        assertNull(text(headers).get(DeadLetterHeaders.CAUSE));
        assertEquals(9, headers.toArray().length);
    }

    @Test
    void growsNoHeaderBeyondWhatATerminalShows() {
        String cause = written(LETTER.toBuilder().setCause("x".repeat(10_000)).build()).get(DeadLetterHeaders.CAUSE);
        assertEquals(DeadLetterHeaders.MAX_CAUSE, cause.length());
    }

    private static Map<String, String> written(DeadLetter letter) {
        Headers headers = new RecordHeaders();
        write(headers, letter);
        return text(headers);
    }

    private static void write(Headers headers, DeadLetter letter) {
        EventSerde.of(Topics.DEAD_LETTERS, Topics.DEAD_LETTER).serializer().serialize("hilum.dead-letters", headers, letter);
    }

    private static Map<String, String> text(Headers headers) {
        Map<String, String> text = new TreeMap<>();
        headers.forEach(header -> text.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        return text;
    }
}
