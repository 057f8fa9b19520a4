package io.hilum.processor.model;

import io.hilum.contracts.event.ImageReceived;
import io.hilum.processor.score.Scores;

/** A candidate that scores the same images as the model that serves, and publishes no findings. */
public interface Shadow {

    /**
     * Offers an image that was just scored. Returns at once: called on the thread that delivers results.
     *
     * @param canvas the image's, decoded
     * @param serving what the model that serves said of it, one line
     */
    void offer(ImageReceived image, CheckedCanvas canvas, Scores serving);
}
