package io.hilum.processor.stream;

import io.hilum.contracts.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Looks now and then how many images wait on the topics, and whether this instance gets on with its share.
 *
 * <p>The consumer's own lag figures stand still with a stuck thread, which is when they are needed; so the broker is
 * asked. The lag is that of the whole group: images that no instance has committed.
 *
 * <p>The instance stalls while images wait in its partitions, it is running, the broker answers, and nothing of these
 * partitions is committed. A broker that is away, a rebalance and the restoring of state are no stall: after them the
 * time begins anew.
 *
 * <p>Threading: a thread of its own looks; the getters are free to read.
 */
public final class LagWatch implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(LagWatch.class);
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final PartitionOffsets offsets;
    private final Set<TopicPartition> all;
    private final Supplier<Optional<Set<TopicPartition>>> mine;
    private final LongSupplier nanoTime;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread named = new Thread(work, "hilum-lag");
        named.setDaemon(true);
        return named;
    });

    private volatile Map<String, Long> lags = Map.of();
    private volatile Duration stalled = Duration.ZERO;
    /** Owned by whoever looks, as is {@link #committedThen}. */
    private long movedAt;
    private Map<TopicPartition, Long> committedThen = Map.of();

    /** @param mine the image partitions that this instance works on; empty while it is not running */
    LagWatch(PartitionOffsets offsets, int partitions, Supplier<Optional<Set<TopicPartition>>> mine, LongSupplier nanoTime) {
        this.offsets = offsets;
        this.mine = mine;
        this.nanoTime = nanoTime;
        this.all = partitionsOf(partitions);
        this.movedAt = nanoTime.getAsLong();
    }

    /**
     * Begins to look.
     *
     * @param clients settings of every Kafka client
     * @param group whose commits count: the stream's application id
     * @param partitions of each image topic
     * @param mine the partitions that this instance works on; empty while it is not running
     */
    public static LagWatch start(Map<String, String> clients, String group, int partitions,
            Supplier<Optional<Set<TopicPartition>>> mine) {
        LagWatch watch = new LagWatch(new AdminOffsets(Admin.create(Map.copyOf(clients)), group), partitions, mine, System::nanoTime);
        watch.thread.scheduleWithFixedDelay(watch::look, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
        return watch;
    }

    /** Images of a topic that wait for any instance; not a number while the broker does not tell. */
    public double lag(String topic) {
        Long known = lags.get(topic);
        return known == null ? Double.NaN : known;
    }

    /** For how long this instance has been running with images waiting and nothing committed, at the last look. */
    public Duration stalled() {
        return stalled;
    }

    /** Never throws: a scheduled look that threw would be the last one. */
    void look() {
        long now = nanoTime.getAsLong();
        try {
            Map<TopicPartition, Long> ends = offsets.ends(all);
            Map<TopicPartition, Long> committed = offsets.committed(all);
            Map<TopicPartition, Long> waiting = new HashMap<>();
            ends.forEach((partition, end) -> waiting.put(partition, Math.max(0, end - committed.getOrDefault(partition, 0L))));
            Map<String, Long> byTopic = new HashMap<>();
            waiting.forEach((partition, images) -> byTopic.merge(partition.topic(), images, Long::sum));
            lags = Map.copyOf(byTopic);
            judge(now, waiting, committed);
        } catch (RuntimeException away) {
            LOG.debugf("It is not known how many images wait: %s", away.getMessage());
            lags = Map.of();
            moved(now);
        }
    }

    private void judge(long now, Map<TopicPartition, Long> waiting, Map<TopicPartition, Long> committed) {
        Map<TopicPartition, Long> here = new HashMap<>(committed);
        here.keySet().retainAll(mine.get().orElse(Set.of()));
        boolean nothingWaits = here.keySet().stream().allMatch(partition -> waiting.getOrDefault(partition, 0L) == 0);
        // Another share of the partitions is another map, too: a rebalance counts as moving.
        if (nothingWaits || !here.equals(committedThen)) {
            moved(now);
        } else {
            stalled = Duration.ofNanos(now - movedAt);
        }
        committedThen = here;
    }

    private void moved(long now) {
        movedAt = now;
        stalled = Duration.ZERO;
    }

    private static Set<TopicPartition> partitionsOf(int count) {
        Set<TopicPartition> partitions = new HashSet<>();
        for (String topic : List.of(Topics.IMAGES.name(), Topics.IMAGES_STAT.name())) {
            for (int partition = 0; partition < count; partition++) {
                partitions.add(new TopicPartition(topic, partition));
            }
        }
        return Set.copyOf(partitions);
    }

    @Override
    public void close() {
        thread.shutdownNow();
        offsets.close();
    }
}
