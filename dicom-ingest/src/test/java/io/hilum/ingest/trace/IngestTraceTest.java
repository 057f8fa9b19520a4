package io.hilum.ingest.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Message;
import io.hilum.contracts.event.DeadLetter;
import io.hilum.contracts.event.ImageReceived;
import io.hilum.contracts.topic.Topic;
import io.hilum.contracts.trace.TraceContext;
import io.hilum.imaging.dicom.Attributes;
import io.hilum.imaging.dicom.DicomWriter;
import io.hilum.imaging.dicom.Tag;
import io.hilum.imaging.dicom.TransferSyntax;
import io.hilum.ingest.Configs;
import io.hilum.ingest.FakeGateway;
import io.hilum.ingest.Films;
import io.hilum.ingest.IngestNode;
import io.hilum.ingest.Nodes;
import io.hilum.ingest.door.Way;
import io.hilum.ingest.publish.Gateway;
import io.hilum.storage.ObjectStores;
import io.hilum.tracing.SpanKeys;
import io.hilum.tracing.Tracing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the door to the topic, without a broker. */
class IngestTraceTest {

    private static final Map<String, String> NO_DICOM = Map.of("hilum.ingest.dicom.enabled", "false");

    @TempDir
    Path directory;

    private final FakeGateway gateway = new FakeGateway();
    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private final Tracing recording = Tracing.recording(
            SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(spans)).build(), false);
    private IngestNode node;

    @AfterEach
    void stop() {
        node.close();
        recording.close();
    }

    @Test
    void noImageOfAStudyTakesAnothersTrace() throws IOException {
        node = Nodes.start(directory, gateway, NO_DICOM);
        for (int i = 0; i < 3; i++) {
            receive(Films.chest("1.2", "1." + i));
        }
        awaitEmptyJournal();
        Set<String> traces = traces(ImageReceived.class).stream().map(TraceContext::traceId).collect(Collectors.toSet());
        assertEquals(3, traces.size());
        assertTrue(traces(ImageReceived.class).stream().allMatch(TraceContext::isSampled), "who records behind us shall join");
    }

    @Test
    void whatIsPublishedAfterACrashIsInTheTraceOfItsReceipt() throws IOException {
        node = Nodes.start(directory, new Deaf(), NO_DICOM);
        receive(Films.chest("1.2", "1"));
        Awaitility.await().until(() -> !gateway.sent.isEmpty());
        TraceContext before = gateway.sent.get(0).trace().orElseThrow();
        node.close();
        gateway.sent.clear();
        node = Nodes.start(directory, gateway, NO_DICOM);
        awaitEmptyJournal();
        assertEquals(List.of(before), traces(ImageReceived.class));
    }

    @Test
    void refusalAndQuarantineDoNotLoseTheTrace() throws IOException {
        start();
        receive(Films.chest("1.2", "1").putString(Tag.BODY_PART_EXAMINED, "HAND"));
        receive(unrenderable());
        awaitEmptyJournal();
        Awaitility.await().until(() -> gateway.events(DeadLetter.class).size() == 2);
        List<String> receipts = spans("receive").stream().map(SpanData::getTraceId).sorted().toList();
        assertEquals(receipts, traces(DeadLetter.class).stream().map(TraceContext::traceId).sorted().toList());
        SpanData refused = spans("receive").get(0);
        assertEquals(StatusCode.ERROR, refused.getStatus().getStatusCode());
        assertEquals("0xC011", refused.getAttributes().get(SpanKeys.STATUS));
        assertEquals("not-chest", refused.getAttributes().get(SpanKeys.ERROR));
        assertEquals(StatusCode.ERROR, spans("render").get(0).getStatus().getStatusCode());
        assertEquals(spans("receive").get(1).getSpanId(), spans("render").get(0).getParentSpanId());
    }

    @Test
    void tellsTheWayFromTheDoorToTheTopicOnceHoweverOftenItIsTried() throws IOException {
        start();
        gateway.awayForImages = new IllegalStateException("broker away");
        receive(Films.chest("1.2", "1"));
        Awaitility.await().until(() -> !node.publisher().trouble().isEmpty());
        gateway.awayForImages = null;
        awaitEmptyJournal();
        SpanData receive = spans("receive").get(0);
        assertEquals("FOLDER", receive.getAttributes().get(SpanKeys.WAY));
        assertEquals("0x0000", receive.getAttributes().get(SpanKeys.STATUS));
        Awaitility.await().untilAsserted(() -> assertEquals(1, spans("send hilum.images").size()));
        SpanData send = spans("send hilum.images").get(0);
        assertEquals(receive.getSpanId(), send.getParentSpanId());
        assertEquals(new TraceContext(receive.getTraceId(), send.getSpanId(), 1, ""), traces(ImageReceived.class).get(0));
        SpanData render = spans("render").get(0);
        assertEquals(receive.getSpanId(), render.getParentSpanId());
        assertTrue(render.getStartEpochNanos() >= receive.getStartEpochNanos()
                && send.getEndEpochNanos() >= render.getEndEpochNanos());
    }

    @Test
    void tellsNoUidNoNameAndNoSender() throws IOException {
        start();
        receive(Films.chest("1.2.77", "1.2.78"));
        receive(Films.chest("1.2.77", "1.2.79").putString(Tag.BODY_PART_EXAMINED, "HAND"));
        awaitEmptyJournal();
        String told = spans.getFinishedSpanItems().toString();
        for (String secret : List.of("1.2.77", "1.2.78", "DOE", "4711", "HAND", "film.dcm")) {
            assertFalse(told.contains(secret), secret + " in " + told);
        }
    }

    @Test
    void aSenderThatGoesAwayLeavesNoOpenSpan() throws IOException {
        start();
        byte[] file = Films.file(Films.chest("1.2", "1"));
        InputStream cut = new SequenceInputStream(new ByteArrayInputStream(file, 0, file.length / 2), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }
        });
        assertThrows(IOException.class, () -> node.door().receiveFile(Way.STOW_RS, "a", null, cut));
        assertEquals("sender-gone", spans("receive").get(0).getAttributes().get(SpanKeys.ERROR));
    }

    private void start() throws IOException {
        node = new IngestNode(Configs.of(directory.resolve("data"), NO_DICOM),
                ObjectStores.open(directory.resolve("store").toUri()), gateway, new SimpleMeterRegistry(), recording);
    }

    private void receive(Attributes film) throws IOException {
        receive(Films.file(film));
    }

    private void receive(byte[] file) throws IOException {
        node.door().receiveFile(Way.FOLDER, "film.dcm", null, new ByteArrayInputStream(file));
    }

    private static byte[] unrenderable() {
        return DicomWriter.toBytes(Films.chest("1.2", "2").remove(Tag.PIXEL_DATA).putInt(Tag.BITS_ALLOCATED, 8)
                .putInt(Tag.BITS_STORED, 8).putInt(Tag.HIGH_BIT, 7).putFragments(Tag.PIXEL_DATA, List.of(new byte[64])),
                TransferSyntax.JPEG_BASELINE);
    }

    private void awaitEmptyJournal() {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> node.journal().backlog() == 0);
    }

    private List<TraceContext> traces(Class<? extends Message> type) {
        return gateway.sent.stream().filter(sent -> type.isInstance(sent.event())).map(sent -> sent.trace().orElseThrow()).toList();
    }

    private List<SpanData> spans(String name) {
        return spans.getFinishedSpanItems().stream().filter(span -> span.getName().equals(name)).toList();
    }

    /** The broker took it, and its answer was lost in the crash. */
    private final class Deaf implements Gateway {

        @Override
        public void prepare() {
            gateway.prepare();
        }

        @Override
        public CompletableFuture<Void> send(Topic topic, String key, Message event, Optional<TraceContext> trace) {
            gateway.send(topic, key, event, trace);
            return new CompletableFuture<>();
        }

        @Override
        public void close() { }
    }
}
