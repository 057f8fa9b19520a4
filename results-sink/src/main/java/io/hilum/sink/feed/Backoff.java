package io.hilum.sink.feed;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits that double up to a limit and end at once when the service stops. Threading: one thread owns it. */
final class Backoff {

    private final Duration first;
    private final Duration longest;
    private final CountDownLatch stopped;
    private Duration next;

    Backoff(Duration first, Duration longest, CountDownLatch stopped) {
        this.first = first;
        this.longest = longest;
        this.stopped = stopped;
        this.next = first;
    }

    void succeeded() {
        next = first;
    }

    /** The wait that {@link #pause()} will make. */
    Duration next() {
        return next;
    }

    /** @return false when the service stops */
    boolean pause() {
        Duration wait = next;
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(longest) > 0 ? longest : doubled;
        try {
            return !stopped.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
