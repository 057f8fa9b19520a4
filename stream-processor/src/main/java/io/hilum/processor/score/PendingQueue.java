package io.hilum.processor.score;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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

    /** @param bound how many records may be under way before the stream thread waits */
    PendingQueue(int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("The bound of pending work is " + bound + "; it must be at least 1.");
        }
        this.bound = bound;
    }

    void add(Pending work) {
        waiting.addLast(work);
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
        Set<String> blocked = new HashSet<>();
        for (Iterator<Pending> each = waiting.iterator(); each.hasNext(); ) {
            Pending work = each.next();
            if (!blocked.contains(work.key()) && work.outcome().isDone()) {
                each.remove();
                out.accept(work);
            } else {
                blocked.add(work.key());
            }
        }
    }

    /**
     * Waits for the oldest record, which nothing is ahead of.
     *
     * @throws StuckWorkException when it is not done in time
     */
    void awaitOldest(Duration limit) {
        await(waiting.getFirst().outcome(), limit);
    }

    /**
     * Waits for all records. Nothing is handed out here: when this throws, nothing has left.
     *
     * @throws StuckWorkException when they are not done in time
     */
    void awaitAll(Duration limit) {
        await(CompletableFuture.allOf(waiting.stream().map(Pending::outcome).toArray(CompletableFuture[]::new)), limit);
    }

    /** Gives up everything: its records will be read again. */
    void cancelAll() {
        waiting.forEach(work -> work.outcome().cancel(false));
        waiting.clear();
    }

    private void await(CompletableFuture<?> work, Duration limit) {
        try {
            work.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new StuckWorkException("Inference did not finish " + waiting.size() + " pending images within "
                    + limit.toMillis() + " ms. Nothing of them is committed, they will be read again. "
                    + "Is the engine stuck, or the machine overloaded?", late);
        } catch (ExecutionException cancelled) {
            throw new StuckWorkException("Pending work was given up while it was waited for.", cancelled);
        } catch (java.util.concurrent.CancellationException cancelled) {
            throw new StuckWorkException("Pending work was cancelled while it was waited for.", cancelled);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new StuckWorkException("The stream thread was interrupted while it waited for inference.", stopping);
        }
    }
}
