package io.hilum.processor.score;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Time, and waiting in it: the seam by which a test lets hours pass in no time. */
interface Waiting {

    Waiting SYSTEM = new Waiting() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void await(CompletableFuture<?> work, long nanos) throws InterruptedException {
            try {
                work.get(nanos, TimeUnit.NANOSECONDS);
            } catch (TimeoutException | ExecutionException | CancellationException ended) {
                // Whether it is done, and how, the caller asks the future itself.
                return;
            }
        }
    };

    /** As {@link System#nanoTime}. */
    long nanos();

    /** Returns when the work is done, however it ended, or when the time is over. */
    void await(CompletableFuture<?> work, long nanos) throws InterruptedException;
}
