package io.hilum.inference;

import java.util.concurrent.CompletableFuture;

/** Gathers single images into batches for an engine that can be exchanged while it serves. */
public final class DynamicBatcher implements AutoCloseable {

    /** Starts the worker threads. The caller keeps the engine and closes it after the batcher. */
    public DynamicBatcher(InferenceEngine engine, BatcherOptions options) {
        throw new UnsupportedOperationException();
    }

    /**
     * Hands over one image; blocks while the queue is full.
     *
     * <p>The future completes on a worker thread: keep dependents short, or make them asynchronous. It fails
     * with {@link InferenceException} when this very image cannot be scored. Cancelling it takes a waiting
     * image out of the queue.
     *
     * @throws IllegalStateException after {@link #close} or {@link #finish}
     */
    public CompletableFuture<InferenceResult> submit(InferenceRequest request) throws InterruptedException {
        throw new UnsupportedOperationException();
    }

    /** The engine that the next batch will run on. */
    public InferenceEngine engine() {
        throw new UnsupportedOperationException();
    }

    /**
     * Lets every batch from now on run on {@code next}. A batch that is under way stays on its engine.
     *
     * @return completes with the old engine when its last batch has ended: then the caller may close it
     */
    public CompletableFuture<InferenceEngine> swap(InferenceEngine next) {
        throw new UnsupportedOperationException();
    }

    /** Images that wait now. */
    public int queued() {
        throw new UnsupportedOperationException();
    }

    /** Accepts nothing more, scores all that waits, then ends. */
    public void finish() {
        throw new UnsupportedOperationException();
    }

    /** Accepts nothing more, cancels what waits, lets batches under way end, then ends. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
