package io.hilum.processor.stream;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Kafka Streams is told. {@link #problems()} knows which values do not go together.
 *
 * @param clients settings of every Kafka client: bootstrap servers and security
 * @param applicationId consumer group, prefix of transactional ids and changelogs
 * @param instanceId static membership: a restarted instance takes its tasks back at once
 * @param stateDir where local state lies
 * @param threads stream threads
 * @param commitInterval a read-committed subscriber sees nothing earlier than the commit
 * @param poll longest wait for records, and the grain of all wall-clock work
 * @param bufferedRecords records a partition fetched ahead
 * @param fetchBytes fetched at a time, over all partitions of a broker
 * @param maxPollRecords records a poll
 * @param maxPollInterval longest time between two polls before the group takes the tasks away
 * @param sessionTimeout without a heartbeat for this long an instance counts as dead
 * @param transactionTimeout the broker gives up an orphaned transaction after this time
 * @param drainTimeout how long no image may come back before a waiting commit gives up
 * @param replication copies of internal topics
 * @param standbyReplicas instances that keep a warm copy of each state
 */
public record StreamsOptions(
        Map<String, String> clients,
        String applicationId,
        Optional<String> instanceId,
        Path stateDir,
        int threads,
        Duration commitInterval,
        Duration poll,
        int bufferedRecords,
        int fetchBytes,
        int maxPollRecords,
        Duration maxPollInterval,
        Duration sessionTimeout,
        Duration transactionTimeout,
        Duration drainTimeout,
        int replication,
        int standbyReplicas) {

    public StreamsOptions {
        clients = Map.copyOf(clients);
    }

    /** How long all drains of one commit may take together: a quarter of the transaction's time is left to commit it. */
    public Duration commitLimit() {
        return transactionTimeout.multipliedBy(3).dividedBy(4);
    }

    /** What does not go together, one sentence each; empty when all is well. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        require(problems, clients.containsKey("bootstrap.servers"),
                "kafka.bootstrap.servers is missing; without a broker nothing can be scored.");
        require(problems, !applicationId.isBlank(),
                "application-id is empty: it names the consumer group, and without it nothing is committed.");
        require(problems, isPositive(sessionTimeout) && isPositive(drainTimeout),
                "session-timeout and drain-timeout must be at least 1 ms.");
        require(problems, threads >= 1, "threads is " + threads + "; at least 1 is needed.");
        require(problems, bufferedRecords >= 1 && fetchBytes >= 1 && maxPollRecords >= 1,
                "buffered-records, fetch-bytes and max-poll-records must be at least 1.");
        require(problems, isPositive(commitInterval) && isPositive(poll),
                "commit-interval and poll must be at least 1 ms.");
        requireShorter(problems, "poll", poll, "commit-interval", commitInterval,
                "otherwise commits wait for the next poll");
        requireShorter(problems, "commit-interval", commitInterval, "transaction-timeout", transactionTimeout,
                "otherwise the broker aborts every transaction before it is committed");
        requireShorter(problems, "drain-timeout", drainTimeout, "transaction-timeout", transactionTimeout,
                "otherwise the broker aborts the transaction that the drain waits to commit");
        requireShorter(problems, "session-timeout", sessionTimeout, "max-poll-interval", maxPollInterval,
                "otherwise a dead instance keeps its tasks longer than a hanging one");
        requireShorter(problems, "transaction-timeout", transactionTimeout, "max-poll-interval", maxPollInterval,
                "otherwise the group takes the tasks away while their transaction is still open");
        require(problems, replication >= 1 && standbyReplicas >= 0,
                "hilum.topics.replication must be at least 1 and standby-replicas not negative.");
        return problems;
    }

    private static boolean isPositive(Duration time) {
        return time.toMillis() >= 1;
    }

    private static void requireShorter(
            List<String> problems, String shortName, Duration shorter, String longName, Duration longer, String why) {
        require(problems, shorter.compareTo(longer) < 0, shortName + " (" + shorter.toMillis() + " ms) must be below "
                + longName + " (" + longer.toMillis() + " ms): " + why + ".");
    }

    private static void require(List<String> problems, boolean holds, String sentence) {
        if (!holds) {
            problems.add(sentence);
        }
    }
}
