package io.hilum.k8s.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hilum.contracts.topic.Topics;
import io.hilum.exporter.Exporter;
import io.hilum.exporter.release.ReleaseRequest;
import io.hilum.exporter.release.Releaser;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.Network;

/**
 * Instances of the real image share the partitions of three real brokers, with the demo model, while instances and
 * brokers come and go and images keep coming. One cluster for all tests of the class; each test compares everything that
 * was sent since the start with everything that a read-committed subscriber saw.
 *
 * <p>What containers said lies in {@code k8s/target/containers} afterwards.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ScaleTest {

    @TempDir
    static Path folder;

    private static final String[] IMAGES = {"kafka", "stream-processor"};
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Films FILMS = new Films();
    private static final List<SentStudy> LEDGER = new CopyOnWriteArrayList<>();

    private static Optional<String> obstacle;
    private static Network network;
    private static Brokers brokers;
    private static Instances instances;
    private static Subscriber subscriber;

    @BeforeAll
    static void start() throws Exception {
        obstacle = Images.obstacle(IMAGES);
        if (obstacle.isPresent()) {
            return;
        }
        Images.build(IMAGES);
        Path bundle = folder.toRealPath().resolve("bundle");
        Exporter.export(Images.root().resolve("quickstart/demo-model"), bundle);
        network = Network.newNetwork();
        brokers = Brokers.start(network);
        Releaser.release(new ReleaseRequest(bundle, brokers.fromOutside(), "test"));
        instances = new Instances(network, bundle, brokers.admin());
        subscriber = new Subscriber(brokers.fromOutside());
        instances.awaitReady(instances.add(), instances.add());
    }

    @AfterAll
    static void stop() throws Exception {
        if (subscriber != null) {
            subscriber.close();
        }
        if (instances != null) {
            instances.close();
        }
        if (brokers != null) {
            brokers.close();
        }
        if (network != null) {
            network.close();
        }
    }

    @BeforeEach
    void skipLoudlyWhereContainersCannotRun() {
        assumeTrue(obstacle.isEmpty(), () -> "SKIPPED: no containers on this machine, for " + obstacle.orElseThrow());
    }

    @Test
    @Order(1)
    void losesAndRepeatsNothingWhenAnInstanceJoinsAndAnotherLeaves() throws Exception {
        try (ImageFlow flow = flow("while an instance joined and another left")) {
            flow.awaitMore(30, "by two instances");
            Part third = instances.add();
            instances.awaitReady(third);
            instances.awaitSharing(3);
            flow.awaitMore(60, "by three instances");
            instances.all().get(0).shutDown();
            instances.awaitSharing(2);
            flow.awaitMore(60, "by the two that are left");
            flow.finish();
        }
        requireNothingLostOrRepeated();
    }

    /** The instance that left comes back, then the others are restarted one after another. */
    @Test
    @Order(2)
    void losesAndRepeatsNothingInARollingRestart() throws Exception {
        try (ImageFlow flow = flow("during a rolling restart")) {
            for (Part instance : instances.all()) {
                if (instance.runs()) {
                    instance.shutDown();
                }
                instance.resume();
                instances.awaitReady(instance);
                flow.awaitMore(30, "after the restart of " + instance.name());
            }
            instances.awaitSharing(3);
            flow.finish();
        }
        requireNothingLostOrRepeated();
    }

    @Test
    @Order(3)
    void losesAndRepeatsNothingWhenAnInstanceIsKilled() throws Exception {
        instances.bringBackAll();
        try (ImageFlow flow = flow("while an instance was killed")) {
            flow.awaitMore(30, "by all instances");
            instances.all().get(1).kill();
            instances.awaitSharing(instances.all().size() - 1);
            flow.awaitMore(60, "by the survivors");
            instances.bringBackAll();
            flow.finish();
        }
        requireNothingLostOrRepeated();
    }

    /** The broker that coordinates the instances' group: the hardest one to lose. */
    @Test
    @Order(4)
    void losesAndRepeatsNothingWhenABrokerOfThreeIsKilledAndReturns() throws Exception {
        instances.bringBackAll();
        brokers.awaitAllCopies();
        Part broker = brokers.node(instances.coordinator());
        try (ImageFlow flow = flow("while the broker " + broker.name() + " was killed")) {
            flow.awaitMore(30, "by three brokers");
            broker.kill();
            brokers.awaitInCluster(Brokers.COUNT - 1);
            flow.awaitMore(90, "without the broker");
            broker.resume();
            brokers.awaitAllCopies();
            flow.awaitMore(30, "with all copies again");
            flow.finish();
        }
        requireNothingLostOrRepeated();
    }

    private static ImageFlow flow(String during) {
        return new ImageFlow(brokers.fromOutside(), FILMS, subscriber, LEDGER, during);
    }

    private static void requireNothingLostOrRepeated() throws Exception {
        awaitEnd();
        assertTrue(LEDGER.size() > 0, "nothing was sent, so nothing is proven");
        assertEquals(List.of(), Ledger.differences(LEDGER, subscriber.byStudy()));
        assertEquals(0, Offsets.ends(brokers.admin(), Topics.DEAD_LETTERS.name()).values().stream().mapToLong(Long::longValue).sum(),
                "a sound image ended as a dead letter");
        for (Part instance : instances.all()) {
            assertTrue(!instance.runs() || instances.isAlive(instance), instance.name() + " asks for a restart");
        }
    }

    /** What was repeated would stand behind: all input is committed, and the subscriber has read what came of it. */
    private static void awaitEnd() throws Exception {
        Admin admin = brokers.admin();
        Awaitility.await("all images are committed").atMost(SOON)
                .until(() -> Offsets.hasCommittedAll(admin, Instances.GROUP, Topics.IMAGES.name()));
        Map<TopicPartition, Long> ends = Offsets.ends(admin, Topics.FINDINGS.name());
        Awaitility.await("the subscriber is at the end").atMost(SOON).until(() -> subscriber.hasRead(ends));
    }
}
