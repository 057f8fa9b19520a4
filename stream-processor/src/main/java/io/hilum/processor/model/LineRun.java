package io.hilum.processor.model;

import io.hilum.contracts.event.ImageReceived;
import io.hilum.inference.BrokenEngineException;
import io.hilum.inference.InferenceRequest;
import io.hilum.inference.InferenceResult;
import io.hilum.model.card.ModelCard;
import io.hilum.processor.score.Scores;
import io.hilum.processor.score.ScoringBrokenException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * One image on its way through one model line. When the model is exchanged on the way for one that sees canvases
 * otherwise, the image is prepared again.
 *
 * <p>Threading: handed from the preparing thread to the batcher's delivering thread, and back for another attempt.
 */
final class LineRun implements Runnable {

    /** Exchanges of a model while one image is under way that are still believed. */
    private static final int MAX_ATTEMPTS = 3;

    /** What is asked of the engine for a model input and a number of labels. */
    interface Wish {
        InferenceRequest of(byte[] input, int labels);
    }

    private final ServedLine line;
    private final ImageReceived image;
    private final Wish wish;
    private final Consumer<LineRun> again;
    private final CompletableFuture<Optional<Scores>> part = new CompletableFuture<>();
    private volatile int attempts;

    /**
     * @param again runs this once more on a preparing thread
     */
    LineRun(ServedLine line, ImageReceived image, Wish wish, Consumer<LineRun> again) {
        this.line = line;
        this.image = image;
        this.wish = wish;
        this.again = again;
    }

    /** The line's scores, one line; empty when the line was taken out of service before it had the image. */
    CompletableFuture<Optional<Scores>> part() {
        return part;
    }

    String line() {
        return line.serving().line();
    }

    /** Once {@link #part} is done: why it failed, as it was said; null when it did not. */
    Throwable failure() {
        if (part.isCancelled()) {
            return new CancellationException();
        }
        try {
            part.join();
            return null;
        } catch (CompletionException failed) {
            return failed.getCause();
        }
    }

    /** Another attempt, from the canvas in the event. */
    @Override
    public void run() {
        long start = System.nanoTime();
        try {
            submit(CheckedCanvas.of(image), start);
        } catch (RuntimeException unusable) {
            part.completeExceptionally(unusable);
        } catch (Error broken) {
            fail("No canvas can be prepared: " + broken, broken);
        }
    }

    /** @param startNanos when preparing began */
    void submit(CheckedCanvas canvas, long startNanos) {
        attempts++;
        try {
            ModelCard card = line.card();
            CheckedCanvas.Input input = canvas.inputFor(card);
            long prepareNanos = System.nanoTime() - startNanos;
            // Kept only for a candidate: pixels of images under way are memory.
            Optional<CheckedCanvas> forShadow = line.shadow().map(candidate -> canvas);
            CompletableFuture<InferenceResult> result = line.submit(wish.of(input.pixels(), card.labels().size()));
            part.whenComplete((ignored, failure) -> result.cancel(false));
            result.whenComplete((done, failure) -> finish(card, input, forShadow, prepareNanos, done, failure));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            part.cancel(false);
        } catch (IllegalStateException closed) {
            if (line.isEnding()) {
                part.complete(Optional.empty());
            } else {
                part.cancel(false);
            }
        } catch (RuntimeException refused) {
            part.completeExceptionally(refused);
        } catch (Error broken) {
            fail("No canvas can be prepared: " + broken, broken);
        }
    }

    private void finish(ModelCard preparedFor, CheckedCanvas.Input input, Optional<CheckedCanvas> forShadow, long prepareNanos,
            InferenceResult result, Throwable failure) {
        try {
            ModelCard scoredBy = result == null ? line.card() : line.cardOf(result.engine());
            if (!seesAlike(preparedFor, scoredBy) && attempts < MAX_ATTEMPTS) {
                again.accept(this);
            } else if (failure instanceof CancellationException) {
                part.cancel(false);
            } else if (failure instanceof BrokenEngineException) {
                fail(failure.getMessage(), failure);
            } else if (failure != null) {
                part.completeExceptionally(failure);
            } else {
                Scores scores = ResultReader.read(image.getSopInstanceUid(), result, scoredBy, input.region(), prepareNanos);
                line.report("");
                part.complete(Optional.of(scores));
                forShadow.ifPresent(canvas -> line.shadow().ifPresent(candidate -> candidate.offer(image, canvas, scores)));
            }
        } catch (RuntimeException unexpected) {
            part.completeExceptionally(unexpected);
        } catch (Error broken) {
            fail("No result can be read: " + broken, broken);
        }
    }

    private void fail(String sentence, Throwable cause) {
        line.report(sentence);
        part.completeExceptionally(new ScoringBrokenException(sentence, cause));
    }

    private static boolean seesAlike(ModelCard one, ModelCard other) {
        return one.inputSize() == other.inputSize() && one.geometry() == other.geometry();
    }
}
