package io.hilum.processor.score;

import java.time.Duration;

/**
 * How tasks hold their work.
 *
 * @param pendingBound images of one task that may be under way; when it is reached the stream thread waits
 * @param loadBound images of all tasks of the JVM that may be with the engine; fewer when it is slow
 * @param keepBusy images that keep the engine busy: one batch in hand and one that gathers, for each worker
 * @param loadTime how long what is let in may take the engine, as long as that is more than {@code keepBusy}
 * @param commitInterval between two commits of a stream thread: a thread whose commit is due no longer waits to be let in
 * @param drainTimeout how long no image at all may come back from the engine before a waiting thread gives up
 * @param commitLimit how long all drains of one commit may take together; below the transaction time-out
 * @param pollPending how often finished work is looked for, from a transaction's first record to its commit
 */
public record ScoreSettings(
        int pendingBound, int loadBound, int keepBusy, Duration loadTime, Duration commitInterval,
        Duration drainTimeout, Duration commitLimit, Duration pollPending) {

    public ScoreSettings {
        if (pendingBound < 1 || loadBound < 1 || keepBusy < 1) {
            throw new IllegalArgumentException("pendingBound is " + pendingBound + ", loadBound " + loadBound
                    + " and keepBusy " + keepBusy + "; all must be at least 1.");
        }
        if (loadTime.toMillis() < 1 || commitInterval.toMillis() < 1 || drainTimeout.toMillis() < 1 || commitLimit.toMillis() < 1 || pollPending.toMillis() < 1) {
            throw new IllegalArgumentException("loadTime, commitInterval, drainTimeout, commitLimit and pollPending must be at least 1 ms.");
        }
    }
}
