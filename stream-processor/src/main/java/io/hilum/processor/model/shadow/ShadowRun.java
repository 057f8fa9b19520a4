package io.hilum.processor.model.shadow;

import io.hilum.contracts.event.ImageReceived;
import io.hilum.inference.BatcherOptions;
import io.hilum.inference.DynamicBatcher;
import io.hilum.inference.InferenceEngine;
import io.hilum.inference.InferenceRequest;
import io.hilum.inference.InferenceResult;
import io.hilum.processor.model.CheckedCanvas;
import io.hilum.processor.model.ResultReader;
import io.hilum.processor.model.Shadow;
import io.hilum.processor.score.Scores;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * One candidate in shadow. It gets an image when the model that serves is done with it, and is passed over while it has
 * enough to do or while the serving model is behind: it never makes anybody wait, and whatever it does wrong is counted
 * and goes no further. What it cannot help is that a batch of its own, once begun, shares the processor with the next
 * one of the model that serves.
 *
 * <p>Threading: offers come from delivering threads; preparing and comparing are done by a thread of its own, computing
 * by its batcher's. Begun and closed by the release thread, which keeps the engine.
 */
public final class ShadowRun implements Shadow, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ShadowRun.class);
    /** Batches that may be under way or wait. */
    private static final int BATCHES = 2;
    private static final long STOP_SECONDS = 10;

    private final InferenceEngine candidate;
    private final long generation;
    private final BooleanSupplier servingIsBehind;
    private final ShadowTopic topic;
    private final ShadowMeters.Of meters;
    private final DynamicBatcher batcher;
    private final Semaphore room;
    private final ExecutorService thread;
    private volatile boolean failedBefore;

    ShadowRun(InferenceEngine candidate, long generation, BooleanSupplier servingIsBehind, BatcherOptions options,
            ShadowTopic topic, ShadowMeters.Of meters) {
        this.candidate = candidate;
        this.generation = generation;
        this.servingIsBehind = servingIsBehind;
        this.topic = topic;
        this.meters = meters;
        this.batcher = new DynamicBatcher(candidate, options);
        this.room = new Semaphore(Math.min(BATCHES * options.maxBatch(), options.maxQueued() / 2));
        this.thread = Executors.newSingleThreadExecutor(work -> {
            Thread own = new Thread(work, "hilum-shadow-" + candidate.identity().line());
            own.setDaemon(true);
            own.setPriority(Thread.MIN_PRIORITY);
            return own;
        });
    }

    @Override
    public void offer(ImageReceived image, CheckedCanvas canvas, Scores serving) {
        if (servingIsBehind.getAsBoolean() || !room.tryAcquire()) {
            meters.skipped();
            return;
        }
        ImageReceived facts = image.toBuilder().clearCanvas().build();
        onOwnThread(() -> score(facts, canvas, serving));
    }

    /** Ends when the batch under way has; the engine stays open. */
    @Override
    public void close() {
        batcher.close();
        thread.shutdown();
        try {
            if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warnf("The shadow of %s still works %d s after its end.", candidate.identity().version(), STOP_SECONDS);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void score(ImageReceived image, CheckedCanvas canvas, Scores serving) {
        try {
            CheckedCanvas.Input input = canvas.inputFor(candidate.card());
            CompletableFuture<InferenceResult> result = batcher.submit(InferenceRequest.scores(input.pixels(), false));
            result.whenComplete((done, failure) -> onOwnThread(() -> compare(image, input, serving, done, failure)));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            room.release();
        } catch (RuntimeException | Error failed) {
            failed(failed);
            room.release();
        }
    }

    private void compare(ImageReceived image, CheckedCanvas.Input input, Scores serving, InferenceResult result, Throwable failure) {
        try {
            if (failure != null) {
                failed(failure);
                return;
            }
            Scores shadow = ResultReader.read(image.getSopInstanceUid(), result, candidate.card(), input.region(), 0);
            topic.put(meters.compared(ShadowComparison.of(image, generation, serving, shadow)));
        } catch (RuntimeException | Error failed) {
            failed(failed);
        } finally {
            room.release();
        }
    }

    /** Told once: a candidate that is broken says the same of every image. */
    private void failed(Throwable failure) {
        meters.failed();
        if (!failedBefore) {
            failedBefore = true;
            LOG.warnf("The candidate %s in shadow failed on an image; further failures are only counted: %s",
                    candidate.identity().version(), failure.getMessage());
        }
    }

    private void onOwnThread(Runnable work) {
        try {
            thread.execute(work);
        } catch (RejectedExecutionException closed) {
            room.release();
        }
    }
}
