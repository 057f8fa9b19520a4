package io.hilum.processor.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.contracts.topic.Topics;
import io.hilum.processor.FakeScorer;
import io.hilum.processor.TestImages;
import io.hilum.processor.TestOptions;
import io.hilum.processor.chaos.FindingsReader;
import io.hilum.processor.chaos.Ledger;
import io.hilum.processor.event.MicroClock;
import io.hilum.processor.score.Scorer;
import io.hilum.processor.stream.StreamsOptions;
import io.hilum.processor.stream.StreamsProperties;
import io.hilum.processor.topology.TriageTopology;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stream on a real broker, with a fake engine. Each test has an application id of its own. */
class StreamOnBrokerTest {

    private static final int IMAGES_EACH = 3;

    @TempDir
    Path directory;

    @Test
    void urgentImagesDoNotWaitBehindABacklog() {
        String bootstrap = SharedBroker.bootstrap();
        try (Sender routine = new Sender(bootstrap, Topics.IMAGES); Sender urgent = new Sender(bootstrap, Topics.IMAGES_STAT)) {
            for (int study = 5000; study < 5060; study++) {
                routine.send(TestImages.study(study), TestImages.image(study, 0).build());
            }
            for (int study = 6000; study < 6006; study++) {
                urgent.send(TestImages.study(study), TestImages.image(study, 0).build());
            }
        }
        List<String> taken = new CopyOnWriteArrayList<>();
        Scorer recording = (image, isUrgent) -> {
            taken.add((isUrgent ? "urgent " : "routine ") + image.getStudyUid());
            return CompletableFuture.completedFuture(FakeScorer.scoresOf(image));
        };
        try (KafkaStreams stream = stream("stat-first", "a", recording)) {
            stream.start();
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> taken.size() >= 66);
        }
        // Each task by itself: the first may be through before the second begins. One in four is the routine images' share.
        for (int partition = 0; partition < SharedBroker.PARTITIONS; partition++) {
            int of = partition;
            List<String> ofTask = taken.stream().filter(each -> partitionOf(each.split(" ")[1]) == of).toList();
            long urgent = ofTask.stream().filter(each -> each.startsWith("urgent")).count();
            long first = ofTask.stream().limit(urgent + urgent / 3 + 1).filter(each -> each.startsWith("urgent")).count();
            assertEquals(urgent, first, ofTask.toString());
        }
    }

    @Test
    void neitherLosesNorRepeatsARevisionWhenInstancesComeAndGo() {
        String bootstrap = SharedBroker.bootstrap();
        int studies = 120;
        try (FakeScorer scorer = new FakeScorer(30);
                FindingsReader reader = new FindingsReader(bootstrap, SharedBroker.PARTITIONS);
                KafkaStreams first = stream("come-and-go", "a", scorer)) {
            first.start();
            send(bootstrap, 0, 40);
            reader.readUntil(seen -> revisions(seen, studies) > 10, Duration.ofSeconds(60));
            try (KafkaStreams second = stream("come-and-go", "b", scorer)) {
                second.start();
                send(bootstrap, 40, 80);
                Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> second.state() == KafkaStreams.State.RUNNING
                        && !second.metadataForLocalThreads().iterator().next().activeTasks().isEmpty());
                send(bootstrap, 80, studies);
                reader.readUntil(seen -> revisions(seen, studies) > 150, Duration.ofSeconds(60));
                second.close(CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                        .withTimeout(Duration.ofSeconds(20)));
            }
            reader.readUntil(seen -> revisions(seen, studies) >= studies * IMAGES_EACH, Duration.ofSeconds(60));
            reader.readUntil(seen -> false, Duration.ofMillis(500));
            assertEquals(List.of(), Ledger.differences(reader.byStudy(), studies, IMAGES_EACH));
        }
    }

    private static int revisions(FindingsReader reader, int studies) {
        int revisions = 0;
        for (int study = 0; study < studies; study++) {
            revisions += reader.byStudy().getOrDefault(TestImages.study(study), List.of()).size();
        }
        return revisions;
    }

    private static void send(String bootstrap, int from, int to) {
        try (Sender sender = new Sender(bootstrap, Topics.IMAGES)) {
            for (int image = 0; image < IMAGES_EACH; image++) {
                for (int study = from; study < to; study++) {
                    sender.send(TestImages.study(study), TestImages.image(study, image).build());
                }
            }
        }
    }

    private static int partitionOf(String key) {
        byte[] bytes = key.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return org.apache.kafka.clients.producer.internals.BuiltInPartitioner.partitionForKey(bytes, SharedBroker.PARTITIONS);
    }

    private KafkaStreams stream(String application, String instance, Scorer scorer) {
        StreamsOptions base = TestOptions.streams(SharedBroker.bootstrap(), directory.resolve(instance));
        StreamsOptions options = new StreamsOptions(base.clients(), application, Optional.of(instance), base.stateDir(),
                base.threads(), base.commitInterval(), base.poll(), base.bufferedRecords(), base.fetchBytes(), base.maxPollRecords(),
                base.maxPollInterval(), base.sessionTimeout(), base.transactionTimeout(), base.drainTimeout(), 1, 0);
        return new KafkaStreams(
                TriageTopology.of(scorer, TestOptions.topology(16, Duration.ofSeconds(5), Duration.ofMinutes(10), 20),
                        new SimpleMeterRegistry(), MicroClock.SYSTEM),
                StreamsProperties.of(options));
    }
}
