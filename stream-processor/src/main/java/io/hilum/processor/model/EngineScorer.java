package io.hilum.processor.model;

import io.hilum.contracts.event.ImageReceived;
import io.hilum.inference.BrokenEngineException;
import io.hilum.inference.InferenceRequest;
import io.hilum.inference.InferenceResult;
import io.hilum.model.card.ModelCard;
import io.hilum.processor.score.ScoreMeters;
import io.hilum.processor.score.Scorer;
import io.hilum.processor.score.Scores;
import io.hilum.processor.score.ScoringBrokenException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Scores images with the model that serves.
 *
 * <p>The way of an image: 1. the stream thread queues it here, urgent ones first; 2. a preparing thread decodes
 * its canvas, checks the hash, resizes, and submits it to the batcher, where it may wait for room (never with the
 * configured bounds: fewer images are let in than routine ones have room for); 3. the batcher's
 * delivering thread completes the result. When the model is exchanged between 2 and 3 for one that sees canvases otherwise,
 * the image is prepared again.
 *
 * <p>What fails because of the image fails its future; what fails because the service stops cancels it, and
 * a broken engine fails it with {@link ScoringBrokenException}, so that nobody takes it for the image's fault.
 *
 * <p>Threading: one instance a JVM, free to share; it owns the preparing threads.
 */
public final class EngineScorer implements Scorer, AutoCloseable {

    /** Exchanges of a model while one image is under way that are still believed. */
    private static final int MAX_ATTEMPTS = 3;

    private final ModelHost host;
    private final int maps;
    private final ScoreMeters meters;
    private final ThreadPoolExecutor preparers;
    private final AtomicLong turns = new AtomicLong();

    /**
     * @param maps heat maps an image that are drawn while it is scored: of the labels with the largest margin over their
     *     operating point. An image with more positive labels is run once more for the rest, so that none is without a
     *     map; 0: no maps at all
     * @param threads threads that prepare canvases
     */
    public EngineScorer(ModelHost host, int maps, int threads, ScoreMeters meters) {
        this.host = host;
        this.maps = maps;
        this.meters = meters;
        AtomicInteger number = new AtomicInteger();
        this.preparers = new ThreadPoolExecutor(threads, threads, 0, TimeUnit.SECONDS, new PriorityBlockingQueue<>(), work -> {
            Thread thread = new Thread(work, "hilum-prepare-" + number.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public CompletableFuture<Scores> score(ImageReceived image, boolean urgent) {
        CompletableFuture<Scores> scores = new CompletableFuture<>();
        begin(new Attempt(image, urgent, scores, 1));
        return scores;
    }

    /** To be closed after the stream and before the host. */
    @Override
    public void close() {
        preparers.shutdownNow().forEach(waiting -> ((Turn) waiting).attempt.scores.cancel(false));
        try {
            if (!preparers.awaitTermination(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Canvases are still being prepared 10 s after the stop.");
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void begin(Attempt attempt) {
        try {
            preparers.execute(new Turn(attempt, turns.getAndIncrement()));
        } catch (RejectedExecutionException stopping) {
            attempt.scores.cancel(false);
        }
    }

    private void run(Attempt attempt) {
        if (attempt.scores.isDone()) {
            return;
        }
        ModelCard card = host.card();
        long start = System.nanoTime();
        CanvasPreparer.Prepared prepared;
        try {
            prepared = CanvasPreparer.prepare(attempt.image, card);
        } catch (RuntimeException unusable) {
            attempt.scores.completeExceptionally(unusable);
            return;
        } catch (Error broken) {
            fail(attempt, new ScoringBrokenException("No canvas can be prepared: " + broken, broken));
            return;
        }
        long prepareNanos = System.nanoTime() - start;
        try {
            CompletableFuture<InferenceResult> result = host.submit(request(attempt, card, prepared));
            attempt.scores.whenComplete((ignored, failure) -> result.cancel(false));
            result.whenComplete((done, failure) -> finish(attempt, card, prepared, prepareNanos, done, failure));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            attempt.scores.cancel(false);
        } catch (IllegalStateException closed) {
            attempt.scores.cancel(false);
        } catch (RuntimeException refused) {
            attempt.scores.completeExceptionally(refused);
        }
    }

    private InferenceRequest request(Attempt attempt, ModelCard card, CanvasPreparer.Prepared prepared) {
        return maps == 0
                ? InferenceRequest.scores(prepared.input(), attempt.urgent)
                : InferenceRequest.withAllPositives(prepared.input(), Math.min(maps, card.labels().size()), attempt.urgent);
    }

    private void finish(Attempt attempt, ModelCard prepareFor, CanvasPreparer.Prepared prepared, long prepareNanos,
            InferenceResult result, Throwable failure) {
        try {
            ModelCard scoredBy = result == null ? host.card() : host.cardOf(result.engine());
            if (!seesAlike(prepareFor, scoredBy) && attempt.number < MAX_ATTEMPTS) {
                begin(attempt.next());
            } else if (failure instanceof CancellationException) {
                attempt.scores.cancel(false);
            } else if (failure instanceof BrokenEngineException) {
                fail(attempt, new ScoringBrokenException(failure.getMessage(), failure));
            } else if (failure != null) {
                attempt.scores.completeExceptionally(failure);
            } else {
                Scores scores = ResultReader.read(
                        attempt.image.getSopInstanceUid(), result, scoredBy, prepared.region(), prepareNanos);
                meters.scored(scores.times());
                host.report("");
                attempt.scores.complete(scores);
            }
        } catch (RuntimeException unexpected) {
            attempt.scores.completeExceptionally(unexpected);
        } catch (Error broken) {
            fail(attempt, new ScoringBrokenException("No result can be read: " + broken, broken));
        }
    }

    private void fail(Attempt attempt, ScoringBrokenException broken) {
        host.report(broken.getMessage());
        attempt.scores.completeExceptionally(broken);
    }

    private static boolean seesAlike(ModelCard one, ModelCard other) {
        return one.inputSize() == other.inputSize() && one.geometry() == other.geometry();
    }

    private record Attempt(ImageReceived image, boolean urgent, CompletableFuture<Scores> scores, int number) {
        Attempt next() {
            return new Attempt(image, urgent, scores, number + 1);
        }
    }

    /** A place in the queue of canvases: urgent ones first, else as they came. */
    private final class Turn implements Runnable, Comparable<Turn> {

        private final Attempt attempt;
        private final long number;

        Turn(Attempt attempt, long number) {
            this.attempt = attempt;
            this.number = number;
        }

        @Override
        public void run() {
            EngineScorer.this.run(attempt);
        }

        @Override
        public int compareTo(Turn other) {
            return attempt.urgent == other.attempt.urgent ? Long.compare(number, other.number) : attempt.urgent ? -1 : 1;
        }
    }
}
