package io.hilum.contracts.topic;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Creates what is missing and checks what is there.
 *
 * <p>A changed partition count is refused: keys would move to other partitions, and with them a
 * study's revisions.
 */
public final class TopicAdmin {

    private static final int MAX_RECORD_BYTES = 8 << 20;
    private static final long WAIT_SECONDS = 60;
    private static final long RETRY_MILLIS = 100;

    private final Admin admin;
    private final int partitions;
    private final short replication;

    /**
     * @param partitions partitions of every scaled topic, fixed at first install (12; embedded 4)
     * @param replication copies of each partition (3 on a cluster with {@code min.insync.replicas} 2; embedded 1)
     */
    public TopicAdmin(Admin admin, int partitions, short replication) {
        if (partitions < 1 || replication < 1) {
            throw new IllegalArgumentException("partitions and replication must be at least 1");
        }
        this.admin = admin;
        this.partitions = partitions;
        this.replication = replication;
    }

    /**
     * Creates missing topics, then checks partition counts and clean-up policies of all.
     *
     * @throws IllegalStateException with one sentence for each topic that differs from its declaration
     */
    public void createAndCheck() throws InterruptedException {
        Set<String> present = await(admin.listTopics().names());
        for (Topic topic : Topics.ALL) {
            if (!present.contains(topic.name())) {
                create(topic);
            }
        }
        List<String> wrong = differences();
        if (!wrong.isEmpty()) {
            throw new IllegalStateException(String.join(System.lineSeparator(), wrong));
        }
    }

    private void create(Topic topic) throws InterruptedException {
        Map<String, String> config = new HashMap<>();
        config.put(TopicConfig.CLEANUP_POLICY_CONFIG, topic.cleanUp().policy());
        config.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(MAX_RECORD_BYTES));
        if (topic.cleanUp() == CleanUp.DELETE) {
            config.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(topic.retention().toMillis()));
        }
        if (replication >= 3) {
            config.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, "2");
        }
        NewTopic wanted = new NewTopic(topic.name(), partitionsOf(topic), replication).configs(config);
        try {
            await(admin.createTopics(List.of(wanted)).all());
        } catch (IllegalStateException failed) {
            // Another service of the house was faster; the check that follows looks at what it made.
            if (!(failed.getCause() instanceof TopicExistsException)) {
                throw failed;
            }
        }
    }

    private List<String> differences() throws InterruptedException {
        List<String> names = Topics.ALL.stream().map(Topic::name).toList();
        Map<String, TopicDescription> found = describe(names);
        List<String> wrong = new ArrayList<>();
        for (Topic topic : Topics.ALL) {
            int actual = found.get(topic.name()).partitions().size();
            if (actual != partitionsOf(topic)) {
                wrong.add("Topic %s has %d partitions, declared are %d. Partition counts are fixed at first install: "
                        .formatted(topic.name(), actual, partitionsOf(topic))
                        + "set the configured count back, or migrate to a new cluster.");
            }
        }
        return wrong;
    }

    /** A topic just created may be unknown to the broker that is asked next: the news takes a moment to spread. */
    private Map<String, TopicDescription> describe(List<String> names) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        while (true) {
            try {
                return await(admin.describeTopics(names).allTopicNames());
            } catch (IllegalStateException failed) {
                if (!(failed.getCause() instanceof UnknownTopicOrPartitionException) || System.nanoTime() > end) {
                    throw failed;
                }
                Thread.sleep(RETRY_MILLIS);
            }
        }
    }

    private int partitionsOf(Topic topic) {
        return topic.scaled() ? partitions : 1;
    }

    private static <T> T await(org.apache.kafka.common.KafkaFuture<T> future) throws InterruptedException {
        try {
            return future.get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw new IllegalStateException("Kafka refused: " + failed.getCause().getMessage(), failed.getCause());
        } catch (TimeoutException late) {
            throw new IllegalStateException("Kafka did not answer within " + WAIT_SECONDS + " s. Is the broker up?", late);
        }
    }
}
