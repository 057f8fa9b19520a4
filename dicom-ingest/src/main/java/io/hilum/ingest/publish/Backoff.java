package io.hilum.ingest.publish;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Waiting times between tries: doubled from the first to the longest, without holding a thread. */
final class Backoff {

    private final long firstMillis;
    private final long longestMillis;

    Backoff(long firstMillis, long longestMillis) {
        this.firstMillis = firstMillis;
        this.longestMillis = longestMillis;
    }

    /** @param tries failed so far, from 0 */
    long millis(int tries) {
        return Math.min(longestMillis, firstMillis << Math.min(tries, 20));
    }

    CompletableFuture<Void> after(int tries, Executor executor) {
        return CompletableFuture.runAsync(() -> { },
                CompletableFuture.delayedExecutor(millis(tries), TimeUnit.MILLISECONDS, executor));
    }
}
