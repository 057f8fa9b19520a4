package io.hilum.k8s.containers;

import io.hilum.contracts.topic.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.Node;
import org.awaitility.Awaitility;
import org.testcontainers.containers.Network;

/** Instances of stream-processor, each under a stable name, as the manifest's StatefulSet makes them. Owned by the test's thread. */
final class Instances implements AutoCloseable {

    static final String GROUP = "hilum-scoring";
    private static final int HTTP = 8082;
    private static final Duration SOON = Duration.ofSeconds(120);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Network network;
    private final Path bundle;
    private final Admin admin;
    private final List<Part> parts = new ArrayList<>();

    /** @param bundle the folder of the bundle that is released */
    Instances(Network network, Path bundle, Admin admin) {
        this.network = network;
        this.bundle = bundle;
        this.admin = admin;
    }

    /** Starts one more, called stream-processor-0, -1 and so on, and returns while it is still starting. */
    Part add() {
        String name = "stream-processor-" + parts.size();
        Part part = new Part("stream-processor", name, network, HTTP, 1536L << 20)
                .readOnly().reading(bundle).withEnv(settings(name));
        parts.add(part);
        part.start();
        return part;
    }

    /** All of them run, whatever an earlier test has left, and share the partitions. */
    void bringBackAll() {
        parts.stream().filter(part -> !part.runs()).forEach(Part::resume);
        awaitReady(parts.toArray(Part[]::new));
        awaitSharing(parts.size());
    }

    List<Part> all() {
        return List.copyOf(parts);
    }

    /** Topics are checked, a model serves, the stream runs. */
    void awaitReady(Part... some) {
        for (Part part : some) {
            Awaitility.await(part.name() + " is ready").atMost(SOON).pollInterval(PAUSE)
                    .failFast(part.name() + " has ended; see its log in k8s/target/containers", () -> !part.runs())
                    .until(() -> answers(part, "ready"));
        }
    }

    boolean isAlive(Part part) throws InterruptedException {
        return answers(part, "live");
    }

    /** The group consists of so many instances, each of them with partitions, together with all. */
    void awaitSharing(int count) {
        Awaitility.await(count + " instances share the partitions").atMost(SOON).pollInterval(PAUSE).ignoreExceptions().until(() -> {
            ConsumerGroupDescription group = group();
            List<Long> shares = group.members().stream().map(Instances::partitions).toList();
            return group.groupState() == GroupState.STABLE && shares.size() == count && !shares.contains(0L)
                    && shares.stream().mapToLong(Long::longValue).sum() == Brokers.PARTITIONS;
        });
    }

    /** The broker that the group's heartbeats and commits go to. */
    int coordinator() throws ExecutionException, InterruptedException {
        Node coordinator = group().coordinator();
        return coordinator.id();
    }

    @Override
    public void close() {
        parts.forEach(Part::remove);
    }

    private ConsumerGroupDescription group() throws ExecutionException, InterruptedException {
        return admin.describeConsumerGroups(List.of(GROUP)).describedGroups().get(GROUP).get();
    }

    private static long partitions(MemberDescription member) {
        return member.assignment().topicPartitions().stream().filter(each -> each.topic().equals(Topics.IMAGES.name())).count();
    }

    private boolean answers(Part part, String question) throws InterruptedException {
        URI health = URI.create("http://127.0.0.1:" + part.port() + "/q/health/" + question);
        try {
            HttpRequest request = HttpRequest.newBuilder(health).timeout(Duration.ofSeconds(5)).build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Time-outs just long enough for a machine that also runs everything else, so that a loss is noticed soon. */
    private static Map<String, String> settings(String name) {
        return Map.ofEntries(
                Map.entry("KAFKA_BOOTSTRAP_SERVERS", Brokers.fromInside()),
                Map.entry("HILUM_TOPICS_PARTITIONS", Integer.toString(Brokers.PARTITIONS)),
                Map.entry("HILUM_TOPICS_REPLICATION", Integer.toString(Brokers.COUNT)),
                Map.entry("HILUM_PROCESSOR_APPLICATION_ID", GROUP),
                Map.entry("HILUM_PROCESSOR_INSTANCE_ID", name),
                // One member of the group for each instance, so that members can be counted.
                Map.entry("HILUM_PROCESSOR_THREADS", "1"),
                Map.entry("HILUM_PROCESSOR_STATE_DIR", "/tmp/hilum/state"),
                Map.entry("HILUM_PROCESSOR_MODEL_CACHE", "/tmp/hilum/bundles"),
                // So long that a kill surely finds results in an open transaction.
                Map.entry("HILUM_PROCESSOR_COMMIT_INTERVAL", "1s"),
                Map.entry("HILUM_PROCESSOR_SESSION_TIMEOUT", "6s"),
                Map.entry("HILUM_PROCESSOR_DRAIN_TIMEOUT", "10s"),
                Map.entry("HILUM_PROCESSOR_TRANSACTION_TIMEOUT", "16s"),
                Map.entry("HILUM_PROCESSOR_MAX_POLL_INTERVAL", "40s"),
                Map.entry("HILUM_PROCESSOR_STUDY_IDLE", "10m"),
                Map.entry("HILUM_PROCESSOR_ENGINE_THREADS", "1"),
                Map.entry("HILUM_PROCESSOR_ENGINE_HEAT_MAPS", "0"),
                Map.entry("JAVA_TOOL_OPTIONS", "-Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:+ExitOnOutOfMemoryError"));
    }
}
