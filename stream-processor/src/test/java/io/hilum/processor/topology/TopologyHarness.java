package io.hilum.processor.topology;

import com.google.protobuf.Message;
import io.hilum.contracts.event.DeadLetter;
import io.hilum.contracts.event.StudyFindings;
import io.hilum.contracts.serde.EventSerde;
import io.hilum.contracts.topic.Topic;
import io.hilum.contracts.topic.Topics;
import io.hilum.processor.TestOptions;
import io.hilum.processor.stream.StreamsProperties;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** The topology without a broker; each record is committed before the next one. */
final class TopologyHarness implements AutoCloseable {

    /** The driver's wall clock begins here. */
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    final TopologyTestDriver driver;
    private final HarnessClock clock;
    final TestInputTopic<String, Message> images;
    final TestInputTopic<String, Message> urgent;
    final TestInputTopic<String, byte[]> anything;
    private final TestOutputTopic<String, Message> findings;
    private final TestOutputTopic<String, Message> deadLetters;

    /** For a topology with a clock of its own, whose studies need not become final. */
    TopologyHarness(Topology topology, Path stateDir) {
        this(topology, stateDir, new HarnessClock());
    }

    /** @param clock the topology's */
    TopologyHarness(Topology topology, Path stateDir, HarnessClock clock) {
        this(topology, StreamsProperties.of(TestOptions.streams("unused:1", stateDir)), clock);
    }

    TopologyHarness(Topology topology, Properties properties) {
        this(topology, properties, new HarnessClock());
    }

    private TopologyHarness(Topology topology, Properties properties, HarnessClock clock) {
        this.clock = clock;
        driver = new TopologyTestDriver(topology, properties, START);
        images = input(Topics.IMAGES);
        urgent = input(Topics.IMAGES_STAT);
        anything = driver.createInputTopic(Topics.IMAGES.name(), new StringSerializer(), new ByteArraySerializer());
        findings = output(Topics.FINDINGS);
        deadLetters = output(Topics.DEAD_LETTERS);
    }

    List<StudyFindings> findings() {
        return findings.readValuesToList().stream().map(StudyFindings.class::cast).toList();
    }

    List<TestRecord<String, Message>> findingRecords() {
        return findings.readRecordsToList();
    }

    List<DeadLetter> deadLetters() {
        return deadLetters.readValuesToList().stream().map(DeadLetter.class::cast).toList();
    }

    List<TestRecord<String, Message>> deadLetterRecords() {
        return deadLetters.readRecordsToList();
    }

    void pass(Duration time) {
        clock.advance(time);
        driver.advanceWallClockTime(time);
    }

    private TestInputTopic<String, Message> input(Topic topic) {
        return driver.createInputTopic(topic.name(), new StringSerializer(), EventSerde.of(topic).serializer());
    }

    private TestOutputTopic<String, Message> output(Topic topic) {
        return driver.createOutputTopic(topic.name(), new StringDeserializer(), EventSerde.of(topic).deserializer());
    }

    @Override
    public void close() {
        driver.close();
    }
}
