package io.hilum.processor.score;

import java.time.Duration;

/**
 * How one task holds its work.
 *
 * @param pendingBound images of a task that may be under way; when it is reached the stream thread waits
 * @param drainTimeout how long a commit, or a full task, waits for inference before the thread gives up
 * @param pollPending how often finished work is looked for while some is pending
 */
public record ScoreSettings(int pendingBound, Duration drainTimeout, Duration pollPending) {

    public ScoreSettings {
        if (pendingBound < 1) {
            throw new IllegalArgumentException("pendingBound is " + pendingBound + "; it must be at least 1.");
        }
        if (drainTimeout.toMillis() < 1 || pollPending.toMillis() < 1) {
            throw new IllegalArgumentException("drainTimeout and pollPending must be at least 1 ms.");
        }
    }
}
