package io.hilum.processor.score;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The work of one task that is under way, in order of arrival.
 *
 * <p>What is done leaves as soon as no earlier record of the same study is here: a slow image delays its
 * own study only.
 *
 * <p>Threading: owned by the task's stream thread; only the futures inside are completed by others.
 */
final class PendingQueue {

    private final Deque<Pending> waiting = new ArrayDeque<>();
    private final int bound;
    private final EngineLoad load;

    /**
     * @param bound how many records may be under way before the stream thread waits
     * @param load of the engine that all tasks share
     */
    PendingQueue(int bound, EngineLoad load) {
        if (bound < 1) {
            throw new IllegalArgumentException("The bound of pending work is " + bound + "; it must be at least 1.");
        }
        this.bound = bound;
        this.load = load;
    }

    /**
     * Waits until there is room for one more, here and with the engine, and hands out what is done meanwhile.
     *
     * @throws StuckWorkException when the engine does not get on
     */
    void makeRoom(Consumer<Pending> out) {
        load.commitIsOver();
        while (isFull()) {
            Pending oldest = waiting.getFirst();
            load.await(oldest.outcome());
            oldest.result();
            takeReady(out);
        }
        load.awaitRoom();
    }

    /** Waits while the engine has enough, unless a commit is due: {@link EngineLoad#linger}. */
    void linger() {
        load.linger();
    }

    void add(Pending work) {
        waiting.addLast(work);
        if (!work.outcome().isDone()) {
            load.watch(work.outcome());
        }
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    boolean isFull() {
        return waiting.size() >= bound;
    }

    int size() {
        return waiting.size();
    }

    /** Hands out and removes what is done and not behind an earlier record of its own study. */
    void takeReady(Consumer<Pending> out) {
        // Most often the oldest are done: then nothing is looked up.
        while (!waiting.isEmpty() && waiting.getFirst().outcome().isDone()) {
            out.accept(waiting.removeFirst());
        }
        Set<String> blocked = new HashSet<>();
        for (Iterator<Pending> each = waiting.iterator(); each.hasNext(); ) {
            Pending work = each.next();
            if (work.outcome().isDone() && !blocked.contains(work.key())) {
                each.remove();
                out.accept(work);
            } else {
                blocked.add(work.key());
            }
        }
    }

    /**
     * Waits for all records, inside a commit. Nothing is handed out here: when this throws, nothing has left.
     *
     * @throws StuckWorkException when the engine does not get on
     */
    void awaitAll() {
        for (Pending work : waiting) {
            load.awaitInCommit(work.outcome(), waiting.size());
            work.result();
        }
    }

    /** Gives up everything: its records will be read again. */
    void cancelAll() {
        waiting.forEach(work -> work.outcome().cancel(false));
        waiting.clear();
    }
}
