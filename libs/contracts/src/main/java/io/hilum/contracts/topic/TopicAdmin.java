package io.hilum.contracts.topic;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Creates what is missing and checks what is there.
 *
 * <p>A changed partition count is refused: keys would move to other partitions, and with them a
 * study's revisions. So is a topic that would forget what must be kept: another clean-up policy, or a
 * time limit where none is declared. Other retention times are the installation's own choice.
 *
 * <p>Threading: one thread; several services may do this at the same time.
 */
public final class TopicAdmin {

    private static final long WAIT_SECONDS = 60;
    private static final long PAUSE_MS = 100;

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
        List<Topic> missing = Topics.ALL.stream().filter(topic -> !present.contains(topic.name())).toList();
        if (!missing.isEmpty()) {
            create(missing);
            awaitLeaders();
        }
        List<String> wrong = differences();
        if (!wrong.isEmpty()) {
            throw new IllegalStateException(String.join(System.lineSeparator(), wrong));
        }
    }

    private void create(List<Topic> missing) throws InterruptedException {
        CreateTopicsResult created = admin.createTopics(missing.stream()
                .map(topic -> new NewTopic(topic.name(), partitionsOf(topic), replication)
                        .configs(TopicSettings.of(topic, replication)))
                .toList());
        for (KafkaFuture<Void> each : created.values().values()) {
            try {
                await(each);
            } catch (IllegalStateException failed) {
                // Another service of the house was faster; the check that follows looks at what it made.
                if (!(failed.getCause() instanceof TopicExistsException)) {
                    throw failed;
                }
            }
        }
    }

    /**
     * A partition just made has a leader that does not know it yet. An idempotent producer whose first request meets that moment
     * while its second one comes after it is answered "out of order" until its delivery time-out, two minutes later. Leaders
     * alone answer this question, and the client asks until they do.
     */
    private void awaitLeaders() throws InterruptedException {
        Map<TopicPartition, OffsetSpec> all = new HashMap<>();
        describe().values().forEach(topic -> topic.partitions().forEach(
                partition -> all.put(new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest())));
        await(admin.listOffsets(all).all());
    }

    private List<String> differences() throws InterruptedException {
        Map<String, TopicDescription> found = describe();
        Map<String, Config> settings = settings();
        List<String> wrong = new ArrayList<>();
        for (Topic topic : Topics.ALL) {
            int actual = found.get(topic.name()).partitions().size();
            if (actual != partitionsOf(topic)) {
                wrong.add("Topic %s has %d partitions, declared are %d. Partition counts are fixed at first install: "
                        .formatted(topic.name(), actual, partitionsOf(topic))
                        + "set the configured count back, or migrate to a new cluster.");
            }
            compare(topic, settings.get(topic.name()), TopicConfig.CLEANUP_POLICY_CONFIG, wrong);
            if (topic.cleanUp() == CleanUp.DELETE && topic.retention().equals(Topic.FOR_EVER)) {
                compare(topic, settings.get(topic.name()), TopicConfig.RETENTION_MS_CONFIG, wrong);
            }
        }
        return wrong;
    }

    private void compare(Topic topic, Config settings, String name, List<String> wrong) {
        ConfigEntry entry = settings.get(name);
        String declared = TopicSettings.of(topic, replication).get(name);
        String actual = entry == null ? "not set" : entry.value();
        if (!declared.equals(actual)) {
            wrong.add("Topic %s has %s %s, declared is %s: records that must be kept would be lost. Set it back with kafka-configs."
                    .formatted(topic.name(), name, actual, declared));
        }
    }

    private Map<String, TopicDescription> describe() throws InterruptedException {
        List<String> names = Topics.ALL.stream().map(Topic::name).toList();
        return awaitKnown(() -> admin.describeTopics(names).allTopicNames());
    }

    private Map<String, Config> settings() throws InterruptedException {
        List<ConfigResource> resources = Topics.ALL.stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic.name())).toList();
        return awaitKnown(() -> admin.describeConfigs(resources).all()).entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().name(), Map.Entry::getValue));
    }

    /** A topic just created may be unknown to the broker that is asked next: the news takes a moment to spread. */
    private static <T> T awaitKnown(Supplier<KafkaFuture<T>> question) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        while (true) {
            try {
                return await(question.get());
            } catch (IllegalStateException failed) {
                if (!(failed.getCause() instanceof UnknownTopicOrPartitionException) || System.nanoTime() > end) {
                    throw failed;
                }
                Thread.sleep(PAUSE_MS);
            }
        }
    }

    private int partitionsOf(Topic topic) {
        return topic.scaled() ? partitions : 1;
    }

    private static <T> T await(KafkaFuture<T> future) throws InterruptedException {
        try {
            return future.get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw new IllegalStateException("Kafka refused: " + failed.getCause().getMessage(), failed.getCause());
        } catch (TimeoutException late) {
            throw new IllegalStateException("Kafka did not answer within " + WAIT_SECONDS + " s. Is the broker up?", late);
        }
    }
}
