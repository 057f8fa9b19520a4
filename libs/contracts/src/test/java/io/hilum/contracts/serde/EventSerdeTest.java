package io.hilum.contracts.serde;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import io.hilum.contracts.event.Canvas;
import io.hilum.contracts.event.ImageReceived;
import io.hilum.contracts.event.StudyFindings;
import io.hilum.contracts.event.StudyReceived;
import io.hilum.contracts.event.StudyWithdrawn;
import io.hilum.contracts.topic.Topic;
import io.hilum.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class EventSerdeTest {

    private static final ImageReceived IMAGE = ImageReceived.newBuilder()
            .setStudyUid("1.2.3").setAgeYears(54.5)
            .setCanvas(Canvas.newBuilder().setPng(ByteString.copyFrom(new byte[] {1, 2, 3})).setWidth(1024))
            .build();

    private final EventSerde<Message> images = EventSerde.of(Topics.IMAGES);

    @Test
    void losesNothingOnTheWayAndSaysWhatItIs() {
        Headers headers = new RecordHeaders();
        byte[] bytes = images.serializer().serialize("hilum.images", headers, IMAGE);
        assertEquals("hilum.v1.ImageReceived", text(headers, SchemaHeaders.SCHEMA));
        assertEquals(Integer.toString(SchemaHeaders.CURRENT_VERSION), text(headers, SchemaHeaders.VERSION));
        assertEquals(IMAGE, images.deserializer().deserialize("hilum.images", headers, bytes));
    }

    @Test
    void tellsTheEventsOfOneTopicApart() {
        Headers headers = new RecordHeaders();
        StudyWithdrawn withdrawn = StudyWithdrawn.newBuilder().setStudyUid("1.2.3").setReason("wrong patient").build();
        byte[] bytes = images.serializer().serialize("hilum.images", headers, withdrawn);
        assertEquals(withdrawn, images.deserializer().deserialize("hilum.images", headers, bytes));
    }

    @Test
    void everyTopicCarriesItsOwnEventsAndNoOther() {
        for (Topic topic : Topics.ALL) {
            EventSerde<Message> serde = EventSerde.of(topic);
            for (Topic.EventType<?> type : Topics.ALL.stream().flatMap(each -> each.events().stream()).distinct().toList()) {
                Message event = assertInstanceOf(Message.class, parse(type));
                if (topic.events().contains(type)) {
                    assertEquals(0, serde.serializer().serialize(topic.name(), new RecordHeaders(), event).length);
                } else {
                    assertThrows(SerializationException.class,
                            () -> serde.serializer().serialize(topic.name(), new RecordHeaders(), event));
                }
            }
        }
    }

    @Test
    void refusesADifferentEventInsteadOfReadingItAsAnEmptyOne() {
        Headers headers = new RecordHeaders();
        StudyFindings findings = StudyFindings.newBuilder().setStudyUid("1.2.3").build();
        byte[] bytes = EventSerde.of(Topics.FINDINGS).serializer().serialize("hilum.findings", headers, findings);
        var refused = assertThrows(SerializationException.class,
                () -> images.deserializer().deserialize("hilum.images", headers, bytes));
        assertTrue(refused.getMessage().contains("hilum.images holds a record of unknown schema hilum.v1.StudyFindings"),
                refused.getMessage());
    }

    @Test
    void refusesBytesThatAreNoEvent() {
        byte[] whole = IMAGE.toByteArray();
        byte[] cut = java.util.Arrays.copyOf(whole, whole.length - 1);
        for (byte[] garbage : new byte[][] {cut, "{\"study\": 1}".getBytes(StandardCharsets.UTF_8), {(byte) 0xff, (byte) 0xff}}) {
            var refused = assertThrows(SerializationException.class,
                    () -> images.deserializer().deserialize("hilum.images", new RecordHeaders(), garbage));
            assertTrue(refused.getMessage().contains(garbage.length + " bytes that are not hilum.v1.ImageReceived"),
                    refused.getMessage());
        }
    }

    @Test
    void readsARecordWithoutHeadersAsTheUsualEvent() {
        assertEquals(IMAGE, images.deserializer().deserialize("hilum.images", new RecordHeaders(), IMAGE.toByteArray()));
        assertEquals(IMAGE, images.deserializer().deserialize("hilum.images", IMAGE.toByteArray()));
    }

    @Test
    void keepsATombstoneATombstone() {
        Headers headers = new RecordHeaders();
        EventSerde<StudyReceived> studies = EventSerde.of(Topics.STUDIES, Topics.STUDY_RECEIVED);
        assertNull(studies.serializer().serialize("hilum.studies", headers, null));
        assertNull(studies.deserializer().deserialize("hilum.studies", headers, (byte[]) null));
    }

    @Test
    void passesOnTheFieldsOfANewerContract() {
        UnknownFieldSet newer = UnknownFieldSet.newBuilder()
                .addField(30_000, UnknownFieldSet.Field.newBuilder().addVarint(7).build()).build();
        ImageReceived fromTomorrow = IMAGE.toBuilder().setUnknownFields(newer).build();
        Message read = images.deserializer().deserialize("hilum.images", new RecordHeaders(), fromTomorrow.toByteArray());
        assertEquals(fromTomorrow, read);
    }

    @Test
    void replacesTheHeadersOfTheRecordThatItCameFrom() {
        Headers headers = new RecordHeaders();
        images.serializer().serialize("hilum.images", headers, IMAGE);
        EventSerde.of(Topics.FINDINGS).serializer()
                .serialize("hilum.findings", headers, StudyFindings.newBuilder().setRevision(1).build());
        assertEquals("hilum.v1.StudyFindings", SchemaHeaders.schemaOf(headers));
        assertEquals(2, headers.toArray().length);
    }

    private static Object parse(Topic.EventType<?> type) {
        try {
            return type.parser().parseFrom(new byte[0]);
        } catch (com.google.protobuf.InvalidProtocolBufferException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static String text(Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
