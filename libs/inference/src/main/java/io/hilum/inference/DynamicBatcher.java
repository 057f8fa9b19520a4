package io.hilum.inference;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Gathers single images into batches for an engine that can be exchanged while it serves.
 *
 * <p>Threading: one instance a JVM, shared by all submitting threads; it owns its worker threads and the one that
 * delivers results, and nothing else. The life of one image:
 * <ol>
 *   <li><b>Submitted</b>, on the caller's thread: waits for room (back-pressure), then enters its lane.
 *   <li><b>Waiting</b>, in the queue under the queue's lock. Cancelling the future takes it out here, and
 *       {@link #close} cancels it here.
 *   <li><b>Taken</b>: a worker removed it together with its batch and alone knows it now. Cancelling no longer
 *       spares the computation, the result is dropped.
 *   <li><b>Running</b>: the worker has leased the engine that serves at this moment for the whole batch,
 *       splits included. The lease ends when the results are there.
 *   <li><b>Done</b>: the worker has handed the results over and begins its next batch; the delivering thread completes
 *       the futures, with no lock held. Every future that {@link #submit} returned reaches this stage or is cancelled.
 * </ol>
 *
 * <p>Within a lane images are taken in the order in which their work began, and then as they came; between lanes urgent ones go first, with
 * {@link BatcherOptions#routineShare} of the slots for routine ones ({@link Lanes} is the whole rule). With several
 * workers, results may complete in another order: who needs an order keeps it by the futures.
 *
 * <p>Where an image's time went travels with its result: {@link StageTimes}.
 *
 * <p><b>To keep an engine busy</b>, let at least two batches of images be submitted and not done: one is computed while
 * the next one gathers. Fewer, and the engine waits while callers take their results and submit again; four batches
 * leave room for callers that are late.
 *
 * <p>Limits: (1) an engine that never returns keeps {@link #close} waiting; (2) an image that kills the process
 * kills its neighbours too; (3) halving costs about 2n calls where every image of a batch fails, and one
 * more to find out whether the engine is to blame; (4) a dependent that never returns holds up all results.
 */
public final class DynamicBatcher implements AutoCloseable {

    private final RequestQueue queue;
    private final EngineExchange exchange;
    private final Delivery delivery;
    private final List<Thread> workers;
    private final AtomicInteger working;

    /** Starts the worker threads. The caller keeps the engine and closes it after the batcher. */
    public DynamicBatcher(InferenceEngine engine, BatcherOptions options) {
        queue = new RequestQueue(options);
        exchange = new EngineExchange(engine);
        delivery = new Delivery(options.workers());
        working = new AtomicInteger(options.workers());
        workers = IntStream.range(0, options.workers()).mapToObj(i -> worker("hilum-batcher-" + i)).toList();
        workers.forEach(Thread::start);
    }

    /**
     * Hands over one image; blocks while the queue is full.
     *
     * <p>The future completes on the thread that delivers all results: make dependents asynchronous that take longer
     * than a batch, or the engine waits for them in the end. It fails with {@link BrokenEngineException} when the
     * engine cannot score anything, and with any other {@link InferenceException} when this very image cannot be
     * scored. Cancelling it takes a waiting image out of the queue.
     *
     * @throws IllegalStateException after {@link #close} or {@link #finish}, also while it waits for room; and when the
     *     queue is full and a dependent of a result submits on the delivering thread, which would wait for itself
     * @throws IllegalArgumentException when the image is larger than the room for all images
     */
    public CompletableFuture<InferenceResult> submit(InferenceRequest request) throws InterruptedException {
        Objects.requireNonNull(request, "request");
        CompletableFuture<InferenceResult> future = new CompletableFuture<>();
        Waiting waiting = new Waiting(request, future, System.nanoTime());
        queue.put(waiting, !isOwnThread());
        future.whenComplete((result, failure) -> {
            if (future.isCancelled()) {
                queue.remove(waiting);
            }
        });
        return future;
    }

    /** The engine that the next batch will run on. */
    public InferenceEngine engine() {
        return exchange.serving();
    }

    /**
     * Lets every batch from now on run on {@code next}. A batch that is under way stays on its engine.
     *
     * @return completes with the old engine when its last batch is computed: then the caller may close it, but
     *     not on the completing thread if that would take long, it is a worker. Results of that batch may still be on
     *     their way to their futures
     */
    public CompletableFuture<InferenceEngine> swap(InferenceEngine next) {
        return exchange.swap(next);
    }

    /** Images that wait now. */
    public int queued() {
        return queue.waiting();
    }

    /** Accepts nothing more, scores all that waits, then ends. */
    public void finish() {
        queue.close();
        delivery.unbind();
        join();
    }

    /** Accepts nothing more, cancels what waits, lets batches under way end, then ends. */
    @Override
    public void close() {
        queue.close();
        delivery.unbind();
        queue.clear().forEach(waiting -> waiting.future().cancel(false));
        join();
    }

    private Thread worker(String name) {
        Thread worker = new Thread(this::work, name);
        worker.setDaemon(true);
        return worker;
    }

    private void work() {
        try {
            for (List<Waiting> batch = next(); !batch.isEmpty(); batch = next()) {
                delivery.deliver(compute(batch));
            }
        } finally {
            if (working.decrementAndGet() == 0) {
                delivery.end();
            }
        }
    }

    private List<Waiting> next() {
        delivery.awaitTurn();
        while (true) {
            try {
                return queue.take();
            } catch (InterruptedException stray) {
                // An engine left it behind. A worker ends by close alone: otherwise all who wait would wait for ever.
                continue;
            }
        }
    }

    private List<Outcome> compute(List<Waiting> batch) {
        EngineExchange.Tenure tenure = exchange.lease();
        try {
            return new BatchRun(tenure.engine()).run(batch);
        } finally {
            exchange.release(tenure);
        }
    }

    private boolean isOwnThread() {
        return delivery.isCurrentThread() || workers.contains(Thread.currentThread());
    }

    private void join() {
        // A dependent may close the batcher: then it runs on one of the threads here, which cannot await itself.
        boolean interrupted = false;
        for (Thread worker : workers) {
            interrupted |= worker != Thread.currentThread() && joined(worker::join);
        }
        if (!isOwnThread()) {
            interrupted |= joined(delivery::join);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return whether somebody interrupted the wait, which then went on */
    private static boolean joined(Joining end) {
        boolean interrupted = false;
        while (true) {
            try {
                end.await();
                return interrupted;
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
    }

    private interface Joining {
        void await() throws InterruptedException;
    }
}
