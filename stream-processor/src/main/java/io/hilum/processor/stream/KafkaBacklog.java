package io.hilum.processor.stream;

import io.hilum.contracts.topic.Topics;
import io.hilum.processor.study.Backlog;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Remembers where a partition's topics ended at some time and notices when the stream has committed that far:
 * commits wait for all images before them ({@code PendingWork}), so that everything up to that time is merged.
 * Then the next end is remembered. While the broker does not answer nothing is known to be worked off.
 *
 * <p>Threading: asked by stream threads; a thread of its own talks to the broker.
 */
public final class KafkaBacklog implements Backlog, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(KafkaBacklog.class);

    private final PartitionOffsets offsets;
    private final ExecutorService background;
    private final Map<Integer, Mark> marks = new ConcurrentHashMap<>();

    KafkaBacklog(PartitionOffsets offsets, ExecutorService background) {
        this.offsets = offsets;
        this.background = background;
    }

    /**
     * @param clients settings of every Kafka client
     * @param group whose commits count: the stream's application id
     */
    public static KafkaBacklog of(Map<String, String> clients, String group) {
        return new KafkaBacklog(new AdminOffsets(Admin.create(Map.copyOf(clients)), group),
                Executors.newSingleThreadExecutor(work -> {
                    Thread thread = new Thread(work, "hilum-backlog");
                    thread.setDaemon(true);
                    return thread;
                }));
    }

    @Override
    public long workedOffUntil(int partition, long now) {
        Mark mark = marks.computeIfAbsent(partition, Mark::new);
        long known = mark.workedOffUntil;
        mark.lookAgain(now);
        return known;
    }

    @Override
    public void close() {
        background.shutdownNow();
        offsets.close();
    }

    private final class Mark {

        private final Set<TopicPartition> partitions;
        private final AtomicBoolean looking = new AtomicBoolean();
        private volatile long workedOffUntil = Long.MIN_VALUE;
        /** Guarded by {@link #looking}, as is {@link #endedAt}. */
        private Map<TopicPartition, Long> ends = Map.of();
        private long endedAt;

        Mark(int partition) {
            partitions = Set.of(new TopicPartition(Topics.IMAGES.name(), partition),
                    new TopicPartition(Topics.IMAGES_STAT.name(), partition));
        }

        void lookAgain(long now) {
            if (!looking.compareAndSet(false, true)) {
                return;
            }
            try {
                background.execute(() -> {
                    try {
                        look(now);
                    } catch (RuntimeException away) {
                        LOG.warnf("No study becomes final for now, because it is not known whether images wait: %s", away.getMessage());
                    } finally {
                        looking.set(false);
                    }
                });
            } catch (RejectedExecutionException stopping) {
                looking.set(false);
            }
        }

        private void look(long now) {
            if (ends.isEmpty()) {
                ends = offsets.ends(partitions);
                endedAt = now;
            }
            Map<TopicPartition, Long> committed = offsets.committed(partitions);
            if (ends.entrySet().stream().allMatch(end -> committed.getOrDefault(end.getKey(), 0L) >= end.getValue())) {
                workedOffUntil = endedAt;
                ends = Map.of();
            }
        }
    }
}
