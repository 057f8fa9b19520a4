package io.hilum.trainer.data;

import java.util.ArrayDeque;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;

/**
 * Makes what the next steps need on threads of its own while the present step computes, and hands it out in order. As
 * each thing follows from its step alone, the number of threads changes the speed and nothing else.
 *
 * <pre>{@code
 * try (var batches = new Ahead<>(loader::at, firstStep, total, 1, 2)) {
 *     for (long step = firstStep; step < total; step++) {
 *         Batch batch = batches.next();
 *         ...
 *         loader.giveBack(batch);
 *     }
 * }
 * }</pre>
 *
 * <p>Threads: {@code next} and {@code close} belong to one thread; {@code make} is called on this object's own daemon
 * threads. At most {@code ahead} things wait or are being made, which bounds the memory.
 */
public final class Ahead<T> implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final LongFunction<T> make;
    private final long end;
    private final int ahead;
    private final ExecutorService workers;
    private final ArrayDeque<Future<T>> coming = new ArrayDeque<>();
    private long toStart;

    /**
     * @param make gives the thing of a step; must be safe on several threads where there are several
     * @param first step
     * @param end the step after the last
     * @param threads that make things; one core makes over 1,000 films a second ({@code ./hilum bench train}), so more
     *     are needed for a GPU only
     * @param ahead how many things wait at most; fewer than {@code threads} leaves threads idle
     */
    public Ahead(LongFunction<T> make, long first, long end, int threads, int ahead) {
        if (threads < 1 || ahead < 1) {
            throw new IllegalArgumentException("Loading needs at least one thread and one batch ahead, not %d and %d.".formatted(threads, ahead));
        }
        this.make = make;
        this.toStart = first;
        this.end = end;
        this.ahead = ahead;
        this.workers = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "films-" + COUNT.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        start();
    }

    private void start() {
        while (coming.size() < ahead && toStart < end) {
            long step = toStart++;
            coming.add(workers.submit(() -> make.apply(step)));
        }
    }

    /** The next step's thing; waits for it. What went wrong while it was made is thrown here. */
    public T next() {
        if (coming.isEmpty()) {
            throw new NoSuchElementException("There are no more steps.");
        }
        try {
            T made = coming.peek().get();
            coming.remove();
            start();
            return made;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("A batch could not be made: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Interrupted while waiting for a batch.");
        }
    }

    /** Stops making; what waits is dropped. */
    @Override
    public void close() {
        workers.shutdownNow();
    }
}
