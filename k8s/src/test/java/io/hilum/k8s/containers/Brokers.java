package io.hilum.k8s.containers;

import io.hilum.contracts.topic.TopicAdmin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;
import org.testcontainers.containers.Network;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.lifecycle.Startables;

/**
 * Three nodes, each broker and controller, with three copies of everything, of which two must be in sync: one may be lost.
 * Containers find them by name, this machine on 127.0.0.1. Owned by the test's thread.
 */
final class Brokers implements AutoCloseable {

    static final int COUNT = 3;
    static final int PARTITIONS = 6;

    private static final Duration SOON = Duration.ofSeconds(90);
    private static final int INSIDE = 9092;
    private static final int CONTROLLER = 9093;
    private static final int OUTSIDE = 9094;
    private static final String CLUSTER_ID = "aGlsdW0tdGVzdC1jbHVzdA";

    private final List<Part> nodes = new ArrayList<>();
    private Admin admin;

    private Brokers() {}

    /** Returns once all three are in the cluster and the topics are made. */
    static Brokers start(Network network) throws InterruptedException {
        Brokers brokers = new Brokers();
        try {
            for (int id = 1; id <= COUNT; id++) {
                Part node = new Part("kafka", name(id), network, OUTSIDE, 768L << 20).withEnv("KAFKA_CLUSTER_ID", CLUSTER_ID);
                brokers.nodes.add(node.withCopyToContainer(
                        Transferable.of(settings(id, node.port())), "/etc/kafka/server.properties"));
            }
            Startables.deepStart(brokers.nodes).join();
            brokers.admin = Admin.create(Map.of("bootstrap.servers", brokers.fromOutside()));
            brokers.awaitInCluster(COUNT);
            new TopicAdmin(brokers.admin, PARTITIONS, (short) COUNT).createAndCheck();
            return brokers;
        } catch (RuntimeException | InterruptedException failed) {
            brokers.close();
            throw failed;
        }
    }

    Admin admin() {
        return admin;
    }

    Part node(int id) {
        return nodes.get(id - 1);
    }

    /** {@code bootstrap.servers} for clients on this machine. */
    String fromOutside() {
        return nodes.stream().map(node -> "127.0.0.1:" + node.port()).collect(Collectors.joining(","));
    }

    /** {@code bootstrap.servers} for containers of the network. */
    static String fromInside() {
        return all(INSIDE, "%2$s:%3$d");
    }

    void awaitInCluster(int count) {
        Awaitility.await(count + " brokers in the cluster").atMost(SOON).ignoreExceptions()
                .until(() -> admin.describeCluster().nodes().get().size() == count);
    }

    /** Every partition of every topic has all its copies, so that the next broker may be lost. */
    void awaitAllCopies() {
        awaitInCluster(COUNT);
        Awaitility.await("all copies in sync").atMost(SOON).ignoreExceptions().until(() ->
                admin.describeTopics(admin.listTopics(new org.apache.kafka.clients.admin.ListTopicsOptions().listInternal(true))
                                .names().get()).allTopicNames().get().values().stream()
                        .flatMap(topic -> topic.partitions().stream())
                        .allMatch(partition -> partition.isr().size() == partition.replicas().size()));
    }

    @Override
    public void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
        nodes.forEach(Part::remove);
    }

    private static String name(int id) {
        return "kafka-" + id;
    }

    /** One entry a node, {@code id, name, port} in a format, by commas. */
    private static String all(int port, String format) {
        return IntStream.rangeClosed(1, COUNT).mapToObj(id -> format.formatted(id, name(id), port)).collect(Collectors.joining(","));
    }

    private static String settings(int id, int outside) {
        return """
                process.roles=broker,controller
                node.id=%d
                controller.quorum.voters=%s
                controller.listener.names=CONTROLLER
                listeners=INSIDE://:%d,OUTSIDE://:%d,CONTROLLER://:%d
                advertised.listeners=INSIDE://%s:%d,OUTSIDE://127.0.0.1:%d
                listener.security.protocol.map=INSIDE:PLAINTEXT,OUTSIDE:PLAINTEXT,CONTROLLER:PLAINTEXT
                inter.broker.listener.name=INSIDE
                log.dirs=/tmp/kafka
                auto.create.topics.enable=false
                default.replication.factor=3
                min.insync.replicas=2
                offsets.topic.replication.factor=3
                offsets.topic.num.partitions=3
                transaction.state.log.replication.factor=3
                transaction.state.log.min.isr=2
                transaction.state.log.num.partitions=6
                share.coordinator.state.topic.replication.factor=3
                share.coordinator.state.topic.num.partitions=1
                message.max.bytes=8388608
                replica.fetch.max.bytes=9437184
                # A lost broker or instance is noticed soon, and an orphaned transaction ends soon after its time.
                broker.session.timeout.ms=6000
                transaction.abort.timed.out.transaction.cleanup.interval.ms=1000
                group.initial.rebalance.delay.ms=0
                log.cleaner.dedupe.buffer.size=4194304
                num.network.threads=2
                num.io.threads=3
                """.formatted(id, all(CONTROLLER, "%d@%s:%d"), INSIDE, OUTSIDE, CONTROLLER, name(id), INSIDE, outside);
    }
}
