package io.hilum.inference;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * Gathers single images into batches for an engine that can be exchanged while it serves.
 *
 * <p>Threading: one instance a JVM, shared by all submitting threads; it owns its worker threads and nothing
 * else. The life of one image:
 * <ol>
 *   <li><b>Submitted</b>, on the caller's thread: waits for room (back-pressure), then enters its lane.
 *   <li><b>Waiting</b>, in the queue under the queue's lock. Cancelling the future takes it out here, and
 *       {@link #close} cancels it here.
 *   <li><b>Taken</b>: a worker removed it together with its batch and alone knows it now. Cancelling no longer
 *       spares the computation, the result is dropped.
 *   <li><b>Running</b>: the worker has leased the engine that serves at this moment for the whole batch,
 *       splits included.
 *   <li><b>Done</b>: the worker completes the future, with no lock held, and the lease ends. Every future that
 *       {@link #submit} returned reaches this stage or is cancelled.
 * </ol>
 *
 * <p>Within a lane images are taken in the order they came; between lanes urgent ones go first, with
 * {@link BatcherOptions#routineShare} of the slots for routine ones. With several workers, results may complete
 * in another order: who needs an order keeps it by the futures.
 *
 * <p>Limits: (1) an engine that never returns keeps {@link #close} waiting; (2) an image that kills the process
 * kills its neighbours too; (3) halving costs about 2n calls where every image of a batch fails, and one
 * more to find out whether the engine is to blame.
 */
public final class DynamicBatcher implements AutoCloseable {

    private final RequestQueue queue;
    private final EngineExchange exchange;
    private final List<Thread> workers;

    /** Starts the worker threads. The caller keeps the engine and closes it after the batcher. */
    public DynamicBatcher(InferenceEngine engine, BatcherOptions options) {
        queue = new RequestQueue(options);
        exchange = new EngineExchange(engine);
        workers = IntStream.range(0, options.workers()).mapToObj(i -> worker("hilum-batcher-" + i)).toList();
        workers.forEach(Thread::start);
    }

    /**
     * Hands over one image; blocks while the queue is full.
     *
     * <p>The future completes on a worker thread: keep dependents short, or make them asynchronous. It fails
     * with {@link BrokenEngineException} when the engine cannot score anything, and with any other
     * {@link InferenceException} when this very image cannot be scored. Cancelling it takes a waiting
     * image out of the queue.
     *
     * @throws IllegalStateException after {@link #close} or {@link #finish}, also while it waits for room
     * @throws IllegalArgumentException when the image is larger than the room for all images
     */
    public CompletableFuture<InferenceResult> submit(InferenceRequest request) throws InterruptedException {
        Objects.requireNonNull(request, "request");
        CompletableFuture<InferenceResult> future = new CompletableFuture<>();
        Waiting waiting = new Waiting(request, future, System.nanoTime());
        queue.put(waiting);
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
     * @return completes with the old engine when its last batch has ended: then the caller may close it, but
     *     not on the completing thread if that would take long, it is a worker
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
        join();
    }

    /** Accepts nothing more, cancels what waits, lets batches under way end, then ends. */
    @Override
    public void close() {
        queue.close();
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
            for (List<Waiting> batch = queue.take(); !batch.isEmpty(); batch = queue.take()) {
                EngineExchange.Tenure tenure = exchange.lease();
                try {
                    new BatchRun(tenure.engine()).run(batch);
                } finally {
                    exchange.release(tenure);
                }
            }
        } catch (InterruptedException unexpected) {
            throw new IllegalStateException("Nobody may interrupt a batcher's worker; close the batcher.", unexpected);
        }
    }

    private void join() {
        boolean interrupted = false;
        for (Thread worker : workers) {
            // A dependent of a future may close the batcher: it runs on a worker, which cannot await itself.
            while (worker != Thread.currentThread() && worker.isAlive()) {
                try {
                    worker.join();
                } catch (InterruptedException later) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
