package io.hilum.processor.broker;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.contracts.event.Canvas;
import io.hilum.contracts.event.ImageReceived;
import io.hilum.contracts.topic.Topic;
import io.hilum.contracts.topic.TopicAdmin;
import io.hilum.contracts.topic.Topics;
import io.hilum.embedded.BrokerProcess;
import io.hilum.inference.BatcherOptions;
import io.hilum.processor.TestImages;
import io.hilum.processor.TestOptions;
import io.hilum.processor.chaos.FindingsReader;
import io.hilum.processor.event.MicroClock;
import io.hilum.processor.model.Canvases;
import io.hilum.processor.model.EngineScorer;
import io.hilum.processor.model.FakeEngine;
import io.hilum.processor.model.ModelHost;
import io.hilum.processor.score.ScoreMeters;
import io.hilum.processor.stream.StreamsProperties;
import io.hilum.processor.topology.TriageTopology;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A backlog of 5,000 routine images of 128 KB, on as many partitions as a cluster has, before an engine that scores 50 a second, as a CPU
 * of two cores does: more than a minute and a half of work.
 */
class UrgentFirstOnBrokerTest {

    private static final int PARTITIONS = 12;
    private static final int BACKLOG = 5_000;
    private static final long IMAGE_MILLIS = 20;
    private static final int URGENT_STUDIES = 12;
    private static final int FLOOD = 400;
    private static final int FIRST_URGENT = 100_000;
    private static final int FIRST_OF_FLOOD = 200_000;
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void neitherDoesAStatStudyWaitForABacklogNorARoutineOneForAFloodOfThem() throws Exception {
        Canvas canvas = Canvases.noise(320, 400, 1);
        try (BrokerProcess broker = BrokerProcess.start(directory.resolve("broker"))) {
            String bootstrap = broker.bootstrapServers();
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
                new TopicAdmin(admin, PARTITIONS, (short) 1).createAndCheck();
            }
            send(bootstrap, Topics.IMAGES, 0, BACKLOG, canvas);
            FakeEngine engine = FakeEngine.of("1");
            engine.imageMillis = IMAGE_MILLIS;
            try (ModelHost host = new ModelHost(new BatcherOptions(8, Duration.ofMillis(2), 512, 64 << 20, 0.25, 1), serving -> { });
                    EngineScorer scorer = new EngineScorer(host, 3, 2, new ScoreMeters(new SimpleMeterRegistry()));
                    FindingsReader reader = new FindingsReader(bootstrap, PARTITIONS);
                    KafkaStreams stream = new KafkaStreams(TriageTopology.of(scorer, TestOptions.topology(64, Duration.ofSeconds(5),
                            Duration.ofMinutes(10), 20), new SimpleMeterRegistry(), MicroClock.SYSTEM),
                            StreamsProperties.of(TestOptions.streams(bootstrap, directory.resolve("state"), 2)))) {
                host.serve(engine);
                stream.start();
                reader.readUntil(seen -> seen.records() > 100, LIMIT);
                assertTrue(reader.records() > 100, "the stream does not get on");
                List<Long> millis = new ArrayList<>();
                for (int study = FIRST_URGENT; study < FIRST_URGENT + URGENT_STUDIES; study++) {
                    millis.add(untilScored(reader, bootstrap, study, canvas));
                }
                assertTrue(millis.stream().allMatch(each -> each < SOON.toMillis()), "a STAT study took up to " + millis + " ms");
                routineWorkKeepsItsShare(reader, bootstrap, canvas);
                assertTrue(reader.byStudy().size() < BACKLOG, "there was no backlog any more, so nothing was shown");
            }
        }
    }

    private static long untilScored(FindingsReader reader, String bootstrap, int study, Canvas canvas) {
        send(bootstrap, Topics.IMAGES_STAT, study, study + 1, canvas);
        long sent = System.nanoTime();
        reader.readUntil(seen -> seen.byStudy().containsKey(TestImages.study(study)), LIMIT);
        long millis = Duration.ofNanos(System.nanoTime() - sent).toMillis();
        int before = reader.records();
        // The next one comes into an ordinary moment, not right behind a commit.
        reader.readUntil(seen -> seen.records() > before + 20, LIMIT);
        return millis;
    }

    private static void routineWorkKeepsItsShare(FindingsReader reader, String bootstrap, Canvas canvas) {
        long routineBefore = routine(reader);
        send(bootstrap, Topics.IMAGES_STAT, FIRST_OF_FLOOD, FIRST_OF_FLOOD + FLOOD, canvas);
        // Half of it: towards its end some partitions have no urgent images any more.
        reader.readUntil(seen -> flooded(seen) >= FLOOD / 2, LIMIT);
        double routine = routine(reader) - routineBefore;
        double share = routine / (routine + flooded(reader));
        assertTrue(share > 0.15 && share < 0.5, "the share of routine images was " + share + "; 0.25 is theirs");
    }

    private static long flooded(FindingsReader reader) {
        return IntStream.range(FIRST_OF_FLOOD, FIRST_OF_FLOOD + FLOOD)
                .filter(study -> reader.byStudy().containsKey(TestImages.study(study))).count();
    }

    private static long routine(FindingsReader reader) {
        return IntStream.range(0, BACKLOG).filter(study -> reader.byStudy().containsKey(TestImages.study(study))).count();
    }

    private static void send(String bootstrap, Topic topic, int from, int to, Canvas canvas) {
        try (Sender sender = new Sender(bootstrap, topic)) {
            for (int study = from; study < to; study++) {
                ImageReceived image = TestImages.image(study, 0).setCanvas(canvas).build();
                sender.send(image.getStudyUid(), image);
            }
        }
    }
}
