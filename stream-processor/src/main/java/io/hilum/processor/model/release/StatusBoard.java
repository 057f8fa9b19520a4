package io.hilum.processor.model.release;

import io.hilum.contracts.event.BundlePointer;
import io.hilum.contracts.event.ModelRelease;
import io.hilum.contracts.event.ModelState;
import io.hilum.contracts.event.ModelStatus;
import io.hilum.contracts.event.Slot;
import io.hilum.contracts.topic.StatusKey;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What this instance says of each slot of each line, and says again at every interval as a sign of life. Closed in good
 * order it takes all of it back; killed, it falls silent, and counts as gone after three intervals.
 *
 * <p>Threading: free to share, guarded by its monitor; it owns the thread that repeats.
 */
public final class StatusBoard implements AutoCloseable {

    /** Where statuses go. */
    @FunctionalInterface
    public interface Topic {

        /** @param status null: nothing is said of this any more. Total: what cannot be sent is said again at the next interval. */
        void put(StatusKey key, ModelStatus status);
    }

    private final String instance;
    private final Set<String> servesOnly;
    private final Duration interval;
    private final Topic topic;
    private final LongSupplier micros;
    private final Map<StatusKey, ModelStatus> said = new LinkedHashMap<>();
    private final Set<String> knownLines = new HashSet<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "hilum-model-status");
        thread.setDaemon(true);
        return thread;
    });
    private boolean closed;

    /**
     * @param servesOnly the lines that this instance is to serve; empty: every one
     * @param interval between two signs of life
     * @param micros the time, microseconds since the epoch
     */
    public StatusBoard(String instance, Set<String> servesOnly, Duration interval, Topic topic, LongSupplier micros) {
        this.instance = instance;
        this.servesOnly = new TreeSet<>(servesOnly);
        this.interval = interval;
        this.topic = topic;
        this.micros = micros;
    }

    /** Begins to repeat. */
    public void start() {
        clock.scheduleWithFixedDelay(this::repeat, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Says something of a slot.
     *
     * @param engine who computes, empty where nothing was loaded
     * @param reason why, where there is something to explain, as a sentence
     * @return whether this is news
     */
    synchronized boolean say(ModelRelease release, Slot slot, BundlePointer bundle, ModelState state, String engine, String reason) {
        meet(release.getLine());
        ModelStatus status = ModelStatus.newBuilder()
                .setInstance(instance)
                .setLine(release.getLine())
                .setGeneration(release.getGeneration())
                .setVersion(bundle.getVersion())
                .setBundleSha256(bundle.getSha256())
                .setState(state)
                .setSlot(slot)
                .setReason(reason)
                .setEngine(engine)
                .setRepeatedEveryMs(interval.toMillis())
                .addAllServesOnly(servesOnly)
                .build();
        StatusKey key = new StatusKey(instance, release.getLine(), slot);
        if (closed || status.equals(said.put(key, status))) {
            return false;
        }
        topic.put(key, now(status));
        return true;
    }

    /** There is nothing in this slot. */
    synchronized void clear(String line, Slot slot) {
        meet(line);
        StatusKey key = new StatusKey(instance, line, slot);
        if (said.remove(key) != null) {
            topic.put(key, null);
        }
    }

    /** The line is served no more. */
    synchronized void forget(String line) {
        for (Slot slot : new Slot[] {Slot.ACTIVE, Slot.STAGED, Slot.FALLBACK}) {
            clear(line, slot);
        }
    }

    synchronized void repeat() {
        if (!closed) {
            said.forEach((key, status) -> topic.put(key, now(status)));
        }
    }

    /** Takes back what was said. */
    @Override
    public void close() {
        clock.shutdownNow();
        synchronized (this) {
            if (!closed) {
                closed = true;
                said.keySet().forEach(key -> topic.put(key, null));
                said.clear();
            }
        }
    }

    /** What an earlier life of this instance left, also under the old two-part key, must not be taken for this one's word. */
    private void meet(String line) {
        if (!closed && knownLines.add(line)) {
            for (Slot slot : new Slot[] {Slot.SLOT_UNSPECIFIED, Slot.ACTIVE, Slot.STAGED, Slot.FALLBACK}) {
                topic.put(new StatusKey(instance, line, slot), null);
            }
        }
    }

    private ModelStatus now(ModelStatus status) {
        return status.toBuilder().setAt(micros.getAsLong()).build();
    }
}
