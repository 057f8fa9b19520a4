package io.hilum.processor.score;

import io.hilum.contracts.event.ImageReceived;
import java.util.concurrent.CompletableFuture;

/** Scores images; the seam between the stream and the engines. */
public interface Scorer {

    /**
     * Hands an image over and returns at once.
     *
     * <p>The future may complete on any thread and in any order. It fails when this image cannot be scored by any
     * model line; the exception's message is then a sentence for an administrator. It is cancelled, or fails with
     * {@link ScoringBrokenException}, when the service stops or is broken and no image is to blame.
     *
     * @param image with its canvas
     * @param urgent whether it overtakes routine images
     */
    CompletableFuture<Scores> score(ImageReceived image, boolean urgent);

    /**
     * The same; among images of one urgency those go first whose transaction began first. With two stream threads the engine
     * then finishes one's images, works on the other's while the first commits, and never waits for both.
     *
     * @param since when the transaction that waits for the image began, on the clock of {@link System#nanoTime}
     */
    default CompletableFuture<Scores> score(ImageReceived image, boolean urgent, long since) {
        return score(image, urgent);
    }
}
