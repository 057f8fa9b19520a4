package io.hilum.processor.topology;

import com.google.protobuf.InvalidProtocolBufferException;
import io.hilum.contracts.event.ImageReceived;
import io.hilum.contracts.event.StudyFindings;
import io.hilum.contracts.serde.EventSerde;
import io.hilum.contracts.topic.Topics;
import io.hilum.processor.TestOptions;
import io.hilum.processor.stream.StreamsProperties;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.internals.StreamTask;

/**
 * A task without a broker, driven step by step as Kafka Streams' own thread drives it: {@link TopologyTestDriver} commits after
 * each record, so with it nothing is ever pending. Reaches into the driver for its task.
 */
final class TaskHarness implements AutoCloseable {

    private static final TopicPartition IMAGES = new TopicPartition(Topics.IMAGES.name(), 0);

    private static final long MOMENT_MILLIS = 10;

    private final TopologyTestDriver driver;
    private final StreamTask task;
    private final MockProducer<byte[], byte[]> producer;
    private final Time time;
    private long nextOffset;

    @SuppressWarnings("unchecked")
    TaskHarness(Topology topology, Path stateDir) {
        driver = new TopologyTestDriver(topology, StreamsProperties.of(TestOptions.streams("unused:1", stateDir)));
        task = (StreamTask) field("task");
        producer = (MockProducer<byte[], byte[]>) field("producer");
        time = (Time) field("mockWallClockTime");
    }

    /** A record that was fetched. */
    void add(ImageReceived image) {
        RecordHeaders headers = new RecordHeaders();
        byte[] value = EventSerde.of(Topics.IMAGES).serializer().serialize(IMAGES.topic(), headers, image);
        task.addRecords(IMAGES, List.of(new ConsumerRecord<>(IMAGES.topic(), 0, nextOffset++, 0, TimestampType.CREATE_TIME, 0,
                value.length, image.getStudyUid().getBytes(StandardCharsets.UTF_8), value, headers, Optional.empty())));
        task.updateNextOffsets(IMAGES, new OffsetAndMetadata(nextOffset));
    }

    /** The task begins its next record; returns when the operator has it. */
    void process() {
        task.updateLags();
        task.process(time.milliseconds());
    }

    /** A moment passes, and the wall-clock punctuators that are due run. */
    void punctuate() {
        time.sleep(MOMENT_MILLIS);
        task.maybePunctuateSystemTime();
    }

    /** The first half of a commit: drains, and tells up to where would be committed. */
    long prepareCommit() {
        Map<TopicPartition, OffsetAndMetadata> offsets = task.prepareCommit(true);
        return offsets.containsKey(IMAGES) ? offsets.get(IMAGES).offset() : 0;
    }

    /** Whether the operator asked for a commit before its time. */
    boolean wantsCommit() {
        return task.commitRequested();
    }

    void commit() {
        prepareCommit();
        task.postCommit(true);
    }

    /** Partitions are taken away; they may come back. */
    void suspend() {
        task.suspend();
    }

    /** They came back to this very task, to be read again from an offset. */
    void resumeAt(long offset) {
        task.resume();
        task.completeRestoration(none -> { });
        nextOffset = offset;
    }

    void closeClean() {
        task.closeClean();
    }

    /** As after a lost transaction: what is not committed is given up. */
    void closeDirty() {
        try {
            task.prepareCommit(false);
        } catch (RuntimeException ignored) {
            // Kafka Streams ignores it as well: the task is closed dirty either way.
        }
        task.suspend();
        task.closeDirty();
    }

    /** The same task begins anew. */
    void reviveAt(long offset) {
        task.revive();
        task.initializeIfNeeded();
        task.completeRestoration(none -> { });
        nextOffset = offset;
    }

    /** What was sent to the results topic and not asked for yet. */
    List<StudyFindings> findings() {
        List<ProducerRecord<byte[], byte[]>> sent = new ArrayList<>(producer.history());
        sent.addAll(producer.uncommittedRecords());
        producer.clear();
        return sent.stream().filter(record -> record.topic().equals(Topics.FINDINGS.name())).map(TaskHarness::read).toList();
    }

    @Override
    public void close() {
        producer.close();
    }

    private static StudyFindings read(ProducerRecord<byte[], byte[]> record) {
        try {
            return StudyFindings.parseFrom(record.value());
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private Object field(String name) {
        try {
            Field field = TopologyTestDriver.class.getDeclaredField(name);
            field.setAccessible(true);
            return field.get(driver);
        } catch (ReflectiveOperationException changed) {
            throw new IllegalStateException("Kafka Streams' test driver has changed; this harness follows it.", changed);
        }
    }
}
