package io.hilum.inference;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Completes futures on a thread of its own, batch after batch: whatever callers do when a result comes, the engine
 * computes the next batch meanwhile.
 *
 * <p>Results are bounded as images are: a worker begins no further batch while {@link #AHEAD} of its batches are not
 * delivered yet, so callers that are slower than the engine are felt as back-pressure.
 *
 * <p>Threading: workers take turns and hand over; one thread delivers, in the order of hand-over.
 */
final class Delivery {

    /** Batches a worker: one under way while the one before is delivered. */
    private static final int AHEAD = 2;
    /** More turns than anybody will take. */
    private static final int BOUNDLESS = Integer.MAX_VALUE / 2;

    private final Semaphore turns;
    private final AtomicBoolean unbound = new AtomicBoolean();
    private final ExecutorService executor;
    private volatile Thread thread;

    Delivery(int workers) {
        turns = new Semaphore(AHEAD * workers);
        executor = Executors.newSingleThreadExecutor(work -> {
            Thread delivering = new Thread(work, "hilum-batcher-results");
            delivering.setDaemon(true);
            thread = delivering;
            return delivering;
        });
    }

    /** Waits until one batch more may be begun. */
    void awaitTurn() {
        turns.acquireUninterruptibly();
    }

    /** From now on nobody waits for a turn: what is left is bounded by the queue. */
    void unbind() {
        if (!unbound.getAndSet(true)) {
            turns.release(BOUNDLESS);
        }
    }

    /** Completes the futures of one batch and gives its turn back. */
    void deliver(List<Outcome> outcomes) {
        executor.execute(() -> {
            try {
                outcomes.forEach(Outcome::complete);
            } finally {
                turns.release();
            }
        });
    }

    boolean isCurrentThread() {
        return Thread.currentThread() == thread;
    }

    /** After the last hand-over. */
    void end() {
        executor.shutdown();
    }

    /** Waits until all is delivered, after {@link #end}. */
    void join() throws InterruptedException {
        executor.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    }
}
