package io.hilum.exporter.release;

import io.hilum.contracts.event.ModelState;
import io.hilum.contracts.event.ModelStatus;
import io.hilum.contracts.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What the instances of stream-processor say of their models, read to the topic's end and then followed.
 *
 * <p>An instance lives while it was heard, on whatever line, within three of the intervals that it names itself; so the
 * clocks of its machine and of this one must agree to within an interval. Instances of before signs of life name none:
 * they are not waited for.
 *
 * <p>Threading: used by one thread.
 */
final class InstanceStatuses {

    private static final int SILENT_INTERVALS = 3;
    private static final Duration POLL = Duration.ofMillis(200);

    private final Consumer<String, ModelStatus> consumer;
    /** By the record's key. */
    private final Map<String, ModelStatus> last = new LinkedHashMap<>();

    InstanceStatuses(Consumer<String, ModelStatus> consumer) {
        this.consumer = consumer;
    }

    /** Reads all that stands on the topic now. */
    void readToEnd() {
        TopicEnd.read(consumer, Topics.MODEL_STATUS_TOPIC, this::take);
    }

    /** Takes what comes next, waiting for it a moment. */
    void readOn() {
        consumer.poll(POLL).forEach(this::take);
    }

    /** Instances that are alive and are to serve this line, by name. */
    Set<String> live(String line, Instant now) {
        Set<String> live = new TreeSet<>();
        for (ModelStatus status : last.values()) {
            boolean serves = status.getServesOnlyCount() == 0 || status.getServesOnlyList().contains(line);
            if (serves && status.getRepeatedEveryMs() > 0 && isHeard(status, now)) {
                live.add(status.getInstance());
            }
        }
        return live;
    }

    Iterable<ModelStatus> all() {
        return last.values();
    }

    /**
     * The versions of a line that some instance refused and no living one serves. Such a bundle is no fallback: after a
     * second bad release a restart would find nothing that loads.
     */
    Set<String> refusedVersions(String line, Instant now) {
        Set<String> refused = new HashSet<>();
        Set<String> serving = new HashSet<>();
        for (ModelStatus status : last.values()) {
            if (!status.getLine().equals(line)) {
                continue;
            }
            if (status.getState() == ModelState.REFUSED) {
                refused.add(status.getVersion());
            } else if (status.getState() == ModelState.SERVING && isHeard(status, now)) {
                serving.add(status.getVersion());
            }
        }
        refused.removeAll(serving);
        return refused;
    }

    /** One that never repeats itself is believed as it stands. */
    private static boolean isHeard(ModelStatus status, Instant now) {
        long silentMs = now.toEpochMilli() - TimeUnit.MICROSECONDS.toMillis(status.getAt());
        return status.getRepeatedEveryMs() == 0 || silentMs <= SILENT_INTERVALS * status.getRepeatedEveryMs();
    }

    private void take(ConsumerRecord<String, ModelStatus> record) {
        if (record.value() == null) {
            last.remove(record.key());
        } else {
            last.put(record.key(), record.value());
        }
    }
}
