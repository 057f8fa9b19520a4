package io.hilum.processor.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.Message;
import io.hilum.contracts.event.StudyFindings;
import io.hilum.contracts.serde.EventSerde;
import io.hilum.contracts.topic.Topics;
import io.hilum.contracts.trace.TraceContext;
import io.hilum.contracts.trace.TraceHeaders;
import io.hilum.processor.FakeScorer;
import io.hilum.processor.TestImages;
import io.hilum.processor.TestOptions;
import io.hilum.processor.event.MicroClock;
import io.hilum.processor.stream.StreamsOptions;
import io.hilum.processor.stream.StreamsProperties;
import io.hilum.processor.topology.TriageTopology;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many images under way at once, done in another order than they came, on a real broker. */
class TraceOnBrokerTest {

    private static final int FIRST = 8000;
    private static final int STUDIES = 40;
    private static final int IMAGES_EACH = 3;

    @TempDir
    Path directory;

    @Test
    void noImageLeavesInTheTraceOfAnotherThatWasUnderWayWithIt() {
        Map<String, TraceContext> sent = new HashMap<>();
        Map<String, TraceContext> found = new HashMap<>();
        try (FakeScorer scorer = new FakeScorer(40);
                KafkaStreams stream = stream(scorer);
                KafkaConsumer<String, StudyFindings> findings = findings()) {
            send(sent);
            stream.start();
            long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (found.size() < sent.size() && System.nanoTime() < end) {
                for (ConsumerRecord<String, StudyFindings> record : findings.poll(Duration.ofMillis(100))) {
                    for (String image : record.value().getNewSopInstanceUidsList()) {
                        if (sent.containsKey(image)) {
                            found.put(image, TraceHeaders.read(record.headers()).orElseThrow());
                        }
                    }
                }
            }
        }
        assertEquals(STUDIES * IMAGES_EACH, sent.size());
        assertEquals(sent, found);
    }

    private static void send(Map<String, TraceContext> sent) {
        try (KafkaProducer<String, Message> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", SharedBroker.bootstrap()), new StringSerializer(), EventSerde.of(Topics.IMAGES).serializer())) {
            for (int image = 0; image < IMAGES_EACH; image++) {
                for (int study = FIRST; study < FIRST + STUDIES; study++) {
                    TraceContext trace = TraceContext.random();
                    sent.put(TestImages.sop(study, image), trace);
                    producer.send(new ProducerRecord<>(Topics.IMAGES.name(), null, TestImages.study(study),
                            TestImages.image(study, image).build(), TraceHeaders.of(Optional.of(trace))));
                }
            }
        }
    }

    private static KafkaConsumer<String, StudyFindings> findings() {
        KafkaConsumer<String, StudyFindings> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", SharedBroker.bootstrap(), "isolation.level", "read_committed"),
                new StringDeserializer(), EventSerde.of(Topics.FINDINGS, Topics.STUDY_FINDINGS).deserializer());
        consumer.assign(IntStream.range(0, SharedBroker.PARTITIONS).mapToObj(i -> new TopicPartition(Topics.FINDINGS.name(), i)).toList());
        consumer.seekToBeginning(consumer.assignment());
        return consumer;
    }

    private KafkaStreams stream(FakeScorer scorer) {
        StreamsOptions base = TestOptions.streams(SharedBroker.bootstrap(), directory);
        StreamsOptions options = new StreamsOptions(base.clients(), "traces", Optional.of("a"), base.stateDir(),
                base.threads(), base.commitInterval(), base.poll(), base.bufferedRecords(), base.fetchBytes(), base.maxPollRecords(),
                base.maxPollInterval(), base.sessionTimeout(), base.transactionTimeout(), base.drainTimeout(), 1, 0);
        return new KafkaStreams(
                TriageTopology.of(scorer, TestOptions.topology(16, Duration.ofSeconds(5), Duration.ofMinutes(10), 20),
                        new SimpleMeterRegistry(), MicroClock.SYSTEM),
                StreamsProperties.of(options));
    }
}
