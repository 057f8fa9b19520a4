package io.hilum.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.Uuid;

/**
 * Several brokers as child processes on 127.0.0.1, each of which can be killed and started again on its directory.
 *
 * <p>Every broker is a controller as well, so that three of them go on when any one is lost. From three on, topics
 * have three copies, of which two must have a record before it counts.
 *
 * <p>Threading: one thread starts, kills and closes; the getters are free.
 */
public final class BrokerCluster implements AutoCloseable {

    private static final long PAUSE_MS = 100;
    private static final long ANSWER_SECONDS = 5;

    private final List<BrokerProcess> brokers;

    private BrokerCluster(List<BrokerProcess> brokers) {
        this.brokers = List.copyOf(brokers);
    }

    /**
     * Starts all of them and returns once clients may come to each.
     *
     * @param directory gets a folder for each broker
     * @param nodes how many; with two nothing is gained, as both are needed for a majority
     * @throws IllegalStateException with what a broker wrote, if it does not come up
     */
    public static BrokerCluster start(Path directory, int nodes) {
        List<Integer> ports = FreePort.lasting(2 * nodes);
        List<Integer> controllers = ports.subList(nodes, 2 * nodes);
        String clusterId = Uuid.randomUuid().toString();
        List<BrokerProcess> brokers = new ArrayList<>();
        for (int node = 1; node <= nodes; node++) {
            brokers.add(BrokerProcess.of(directory.resolve("broker-" + node), ports.get(node - 1),
                    new ClusterNode(node, clusterId, controllers)));
        }
        BrokerCluster cluster = new BrokerCluster(brokers);
        // All at once: none of them is ready before a majority is there.
        List<CompletableFuture<Void>> starts = brokers.stream().map(broker -> CompletableFuture.runAsync(broker::restart,
                work -> new Thread(work, "broker-start").start())).toList();
        try {
            starts.forEach(CompletableFuture::join);
            return cluster;
        } catch (CompletionException failed) {
            cluster.close();
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    /** Of all brokers, also of those that are down. */
    public String bootstrapServers() {
        return brokers.stream().map(BrokerProcess::bootstrapServers).collect(Collectors.joining(","));
    }

    public int size() {
        return brokers.size();
    }

    public boolean isAlive(int broker) {
        return brokers.get(broker).isAlive();
    }

    public long pid(int broker) {
        return brokers.get(broker).pid();
    }

    /**
     * SIGKILL.
     *
     * @param broker from 0
     */
    public void kill(int broker) {
        brokers.get(broker).kill();
    }

    /** Starts a killed broker again; it may still have to fetch what it missed: {@link #awaitInSync}. */
    public void restart(int broker) {
        brokers.get(broker).restart();
    }

    /**
     * Waits until every copy of every partition is up to date: only then another broker may be lost.
     *
     * @throws IllegalStateException naming the topics that are not, when the time is over
     */
    public void awaitInSync(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        String lagging = "nothing is known yet";
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            while (System.nanoTime() < end) {
                try {
                    lagging = lagging(admin);
                    if (lagging.isEmpty()) {
                        return;
                    }
                } catch (ExecutionException | TimeoutException busy) {
                    lagging = "the brokers do not answer: " + busy;
                }
                Thread.sleep(PAUSE_MS);
            }
        }
        throw new IllegalStateException("Not all copies were up to date after " + limit.toSeconds() + " s: " + lagging + ".");
    }

    /**
     * Gives each partition back to the broker that led it before it was killed, as the cluster itself does some minutes later;
     * clients notice it once. To be called when all copies are up to date.
     *
     * @return which partitions were not given back and why, as a sentence; empty when all were
     */
    public Optional<String> electPreferredLeaders() throws InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            String refused = admin.electLeaders(ElectionType.PREFERRED, null).partitions().get().entrySet().stream()
                    .filter(each -> each.getValue().isPresent())
                    .map(each -> each.getKey() + " (" + each.getValue().get().getMessage() + ")").collect(Collectors.joining(", "));
            return refused.isEmpty() ? Optional.empty() : Optional.of("These partitions keep their leader: " + refused + ".");
        } catch (ExecutionException failed) {
            return Optional.of("The brokers elect no leaders: " + failed.getCause().getMessage() + ".");
        }
    }

    private static String lagging(Admin admin) throws InterruptedException, ExecutionException, TimeoutException {
        Set<String> names = admin.listTopics(new ListTopicsOptions().listInternal(true)).names()
                .get(ANSWER_SECONDS, TimeUnit.SECONDS);
        return admin.describeTopics(names).allTopicNames().get(ANSWER_SECONDS, TimeUnit.SECONDS).values().stream()
                .filter(topic -> topic.partitions().stream().anyMatch(part -> part.isr().size() < part.replicas().size()))
                .map(TopicDescription::name).sorted().collect(Collectors.joining(", "));
    }

    /** Stops all of them, together: the last ones of a quorum cannot stop in order. */
    @Override
    public void close() {
        List<Thread> stops = brokers.stream().filter(BrokerProcess::isAlive)
                .map(broker -> new Thread(broker::stop, "broker-stop")).toList();
        stops.forEach(Thread::start);
        boolean interrupted = false;
        for (Thread stop : stops) {
            try {
                stop.join();
            } catch (InterruptedException stopping) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
