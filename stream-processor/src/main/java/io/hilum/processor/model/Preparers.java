package io.hilum.processor.model;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The threads that prepare canvases: urgent ones first, then those of the earliest transaction, else as they came.
 *
 * <p>Threading: free to share; it owns its threads.
 */
final class Preparers implements AutoCloseable {

    private static final long STOP_SECONDS = 10;

    private final ThreadPoolExecutor threads;
    private final AtomicLong turns = new AtomicLong();

    Preparers(int count) {
        AtomicInteger number = new AtomicInteger();
        threads = new ThreadPoolExecutor(count, count, 0, TimeUnit.SECONDS, new PriorityBlockingQueue<>(), work -> {
            Thread thread = new Thread(work, "hilum-prepare-" + number.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * @param since when the transaction that waits for it began
     * @param result of the work: skipped when it is done already, cancelled when the service stops first
     */
    void execute(boolean urgent, long since, CompletableFuture<?> result, Runnable work) {
        try {
            threads.execute(new Turn(urgent, since, turns.getAndIncrement(), result, work));
        } catch (RejectedExecutionException stopping) {
            result.cancel(false);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow().forEach(waiting -> ((Turn) waiting).result.cancel(false));
        try {
            if (!threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Canvases are still being prepared " + STOP_SECONDS + " s after the stop.");
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** A place in the queue. */
    private record Turn(boolean urgent, long since, long number, CompletableFuture<?> result, Runnable work)
            implements Runnable, Comparable<Turn> {

        @Override
        public void run() {
            if (!result.isDone()) {
                work.run();
            }
        }

        @Override
        public int compareTo(Turn other) {
            if (urgent != other.urgent) {
                return urgent ? -1 : 1;
            }
            return since == other.since ? Long.compare(number, other.number) : Long.compare(since, other.since);
        }
    }
}
