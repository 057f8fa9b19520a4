package io.hilum.processor.score;

import java.util.Map;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;

/**
 * Makes a commit wait for the work that is under way.
 *
 * <p>It holds nothing itself; Kafka Streams takes it for a state store with a cache. Before
 * {@code StreamTask.prepareCommit()} collects the offsets to commit it calls {@link #flushCache()} of every
 * such store, and here that drains: all pending images are waited for and forwarded, their findings and
 * state changes become part of the transaction, and only then offsets are collected. A plain
 * {@code flush()} runs after the offsets are collected, a punctuator whenever it likes: both lose images
 * when the process is killed.
 *
 * <p>{@code CachedStateStore} is internal to Kafka Streams: its version is pinned exactly.
 *
 * <p>Life cycle: 1. the task opens the store; 2. {@link ScoreProcessor} opens the gate with its drain;
 * 3. when the processor closes with work pending it shuts the gate: a commit after that would lose the
 * work, so it is refused; 4. a revived task opens the gate anew.
 *
 * <p>Open to be broken: a harness that looks for lost images puts one without {@link #flushCache()} in its place, to see
 * that it would notice.
 *
 * <p>Threading: owned by the task's stream thread.
 */
public class PendingWork implements StateStore, CachedStateStore<Object, Object> {

    static final String NAME = "pending-work";

    private enum Gate { UNUSED, DRAINS, EMPTY, WORK_GIVEN_UP }

    private Gate gate = Gate.UNUSED;
    private Runnable drain;
    private boolean open;

    /** From now on a commit first runs {@code drain}. */
    void drainWith(Runnable newDrain) {
        drain = newDrain;
        gate = Gate.DRAINS;
    }

    /** @param workGivenUp whether records were taken from the topic that never left: then no commit may follow */
    void stop(boolean workGivenUp) {
        drain = null;
        gate = workGivenUp ? Gate.WORK_GIVEN_UP : Gate.EMPTY;
    }

    @Override
    public void flushCache() {
        switch (gate) {
            case UNUSED, EMPTY -> { }
            case DRAINS -> drain.run();
            case WORK_GIVEN_UP -> throw new StuckWorkException(
                    "Pending images were given up when the task was closed; committing now would lose them.", null);
            default -> throw new IllegalStateException("unknown gate " + gate);
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        context.register(root, (key, value) -> {
            throw new IllegalStateException(NAME + " is not logged: there is nothing to restore");
        });
        open = true;
    }

    @Override
    public boolean setFlushListener(CacheFlushListener<Object, Object> listener, boolean sendOldValues) {
        return false;
    }

    @Override
    public void flush() {
        // Runs after the offsets are collected: too late for anything.
    }

    @Override
    public void clearCache() {
        // Nothing is cached.
    }

    @Override
    public void close() {
        open = false;
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    /** Returned to the task unwrapped: a wrapper would hide {@code flushCache()}. */
    public static class Builder implements StoreBuilder<PendingWork> {

        @Override
        public PendingWork build() {
            return new PendingWork();
        }

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public boolean loggingEnabled() {
            return false;
        }

        @Override
        public Map<String, String> logConfig() {
            return Map.of();
        }

        @Override
        public StoreBuilder<PendingWork> withCachingEnabled() {
            throw new UnsupportedOperationException(NAME + " caches nothing");
        }

        @Override
        public StoreBuilder<PendingWork> withCachingDisabled() {
            return this;
        }

        @Override
        public StoreBuilder<PendingWork> withLoggingEnabled(Map<String, String> config) {
            throw new UnsupportedOperationException(NAME + " logs nothing: its records are read again");
        }

        @Override
        public StoreBuilder<PendingWork> withLoggingDisabled() {
            return this;
        }
    }
}
