package io.hilum.processor.broker;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.contracts.event.FindingsStatus;
import io.hilum.contracts.event.StudyFindings;
import io.hilum.contracts.topic.Topics;
import io.hilum.processor.FakeScorer;
import io.hilum.processor.TestImages;
import io.hilum.processor.TestOptions;
import io.hilum.processor.chaos.FindingsReader;
import io.hilum.processor.event.MicroClock;
import io.hilum.processor.stream.KafkaBacklog;
import io.hilum.processor.stream.StreamsOptions;
import io.hilum.processor.stream.StreamsProperties;
import io.hilum.processor.topology.TriageTopology;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deadlines against the offsets of a real broker: one topic of the two is never written to. */
class FinalityOnBrokerTest {

    private static final String STUDY = TestImages.study(7777);

    @TempDir
    Path directory;

    @Test
    void aStudyDoesNotStayOpenForEverBecauseTheOffsetsNeverMeet() {
        String bootstrap = SharedBroker.bootstrap();
        StreamsOptions options = TestOptions.streams(bootstrap, directory);
        try (Sender images = new Sender(bootstrap, Topics.IMAGES)) {
            images.send(STUDY, TestImages.image(7777, 0).build());
        }
        try (FakeScorer scorer = new FakeScorer(10);
                FindingsReader reader = new FindingsReader(bootstrap, SharedBroker.PARTITIONS);
                KafkaBacklog backlog = KafkaBacklog.of(options.clients(), options.applicationId());
                KafkaStreams stream = new KafkaStreams(TriageTopology.of(scorer,
                        TestOptions.topology(16, Duration.ofSeconds(5), Duration.ofMillis(500), 20),
                        new SimpleMeterRegistry(), MicroClock.SYSTEM, backlog), StreamsProperties.of(options))) {
            stream.start();
            reader.readUntil(FinalityOnBrokerTest::isFinal, Duration.ofSeconds(60));
            assertTrue(isFinal(reader), reader.byStudy().toString());
        }
    }

    private static boolean isFinal(FindingsReader reader) {
        List<StudyFindings> revisions = reader.byStudy().getOrDefault(STUDY, List.of());
        return revisions.stream().anyMatch(each -> each.getStatus() == FindingsStatus.FINAL);
    }
}
