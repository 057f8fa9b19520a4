package io.hilum.processor.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.contracts.event.FindingsStatus;
import io.hilum.contracts.event.ImageFindings;
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
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a study's memory survives: the loss of the local state, and a second reading of its images. */
class RestoreOnBrokerTest {

    private static final int LATE = 8_100;
    private static final int REPLAYED = 8_200;
    private static final int OPEN = 8_300;
    private static final Duration NEVER_FINAL = Duration.ofMinutes(9);
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void aLateImageDoesNotRestartTheRevisionsOfAStudyWhoseLocalStateIsLost() {
        try (FindingsReader reader = reader()) {
            send(LATE, 0);
            try (Stream stream = new Stream("restore", directory.resolve("first"), Duration.ofMillis(500))) {
                assertTrue(reads(reader, LATE, last -> last.getStatus() == FindingsStatus.FINAL), of(reader, LATE).toString());
            }
            send(LATE, 1);
            try (Stream stream = new Stream("restore", directory.resolve("second"), NEVER_FINAL)) {
                assertTrue(reads(reader, LATE, last -> last.getImagesCount() == 2), of(reader, LATE).toString());
            }
            List<StudyFindings> revisions = of(reader, LATE);
            assertEquals(List.of(1L, 2L, 3L), revisions.stream().map(StudyFindings::getRevision).toList());
            assertEquals(FindingsStatus.AMENDED, revisions.get(2).getStatus());
            assertEquals(revisions.get(1).getImages(0), revisions.get(2).getImages(0), "the first image as it was");
        }
    }

    @Test
    void aStudyThatWasOpenWhenTheLocalStateWasLostBecomesFinalOnceAndNotBeforeItsTime() {
        Duration idle = Duration.ofSeconds(3);
        try (FindingsReader reader = reader()) {
            send(OPEN, 0);
            try (Stream stream = new Stream("reopen", directory.resolve("third"), NEVER_FINAL)) {
                assertTrue(reads(reader, OPEN, last -> last.getImagesCount() == 1), of(reader, OPEN).toString());
                send(OPEN, 1);
                assertTrue(reads(reader, OPEN, last -> last.getImagesCount() == 2), of(reader, OPEN).toString());
            }
            try (Stream stream = new Stream("reopen", directory.resolve("fourth"), idle)) {
                send(OPEN, 2);
                assertTrue(reads(reader, OPEN, last -> last.getStatus() == FindingsStatus.FINAL), of(reader, OPEN).toString());
            }
            List<StudyFindings> revisions = of(reader, OPEN);
            assertEquals(List.of(1L, 2L, 3L, 4L), revisions.stream().map(StudyFindings::getRevision).toList());
            long waited = revisions.get(3).getTimes().getEmitted() - revisions.get(2).getTimes().getEmitted();
            assertTrue(waited >= TimeUnit.MILLISECONDS.toMicros(idle.toMillis()), "final " + waited + " us after the last image");
        }
    }

    @Test
    void aReplayMakesNoOtherRevisionsThanTheFirstReading() {
        try (FindingsReader reader = reader()) {
            for (int image = 0; image < 3; image++) {
                send(REPLAYED, image);
            }
            send(REPLAYED, 1);
            try (Stream stream = new Stream("first-reading", directory.resolve("a"), NEVER_FINAL)) {
                assertTrue(reads(reader, REPLAYED, last -> last.getRevision() == 3), of(reader, REPLAYED).toString());
            }
            int first = of(reader, REPLAYED).size();
            try (Stream stream = new Stream("second-reading", directory.resolve("b"), NEVER_FINAL)) {
                reader.readUntil(seen -> of(seen, REPLAYED).size() >= 2 * first, LIMIT);
            }
            List<StudyFindings> both = of(reader, REPLAYED).stream().map(RestoreOnBrokerTest::timeless).toList();
            assertEquals(both.subList(0, first), both.subList(first, both.size()));
            assertFalse(both.isEmpty());
        }
    }

    private static FindingsReader reader() {
        return new FindingsReader(SharedBroker.bootstrap(), SharedBroker.PARTITIONS);
    }

    private static void send(int study, int image) {
        try (Sender images = new Sender(SharedBroker.bootstrap(), Topics.IMAGES)) {
            images.send(TestImages.study(study), TestImages.image(study, image).build());
        }
    }

    private static boolean reads(FindingsReader reader, int study, Predicate<StudyFindings> last) {
        Predicate<FindingsReader> there = seen -> !of(seen, study).isEmpty() && last.test(of(seen, study).get(of(seen, study).size() - 1));
        reader.readUntil(there, LIMIT);
        return there.test(reader);
    }

    private static List<StudyFindings> of(FindingsReader reader, int study) {
        return reader.byStudy().getOrDefault(TestImages.study(study), List.of());
    }

    /** A second reading happens at another time, and in other batches. */
    private static StudyFindings timeless(StudyFindings revision) {
        StudyFindings.Builder timeless = revision.toBuilder().clearTimes();
        for (int i = 0; i < revision.getImagesCount(); i++) {
            timeless.setImages(i, ImageFindings.newBuilder(revision.getImages(i)).clearTimes());
        }
        return timeless.build();
    }

    /** The stream, with other tests' images on its topics too. */
    private static final class Stream implements AutoCloseable {

        private final FakeScorer scorer = new FakeScorer(10);
        private final KafkaBacklog backlog;
        private final KafkaStreams streams;

        Stream(String application, Path state, Duration idle) {
            StreamsOptions options = TestOptions.streams(SharedBroker.bootstrap(), state);
            Properties properties = StreamsProperties.of(options);
            properties.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
            backlog = KafkaBacklog.of(options.clients(), application);
            streams = new KafkaStreams(TriageTopology.of(scorer, TestOptions.topology(16, Duration.ofSeconds(5), idle, 20),
                    new SimpleMeterRegistry(), MicroClock.SYSTEM, backlog), properties);
            streams.start();
        }

        @Override
        public void close() {
            streams.close();
            backlog.close();
            scorer.close();
        }
    }
}
