package io.hilum.sink.live;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Tells the live thread that this instance has just committed something. Threading: free to share. */
@ApplicationScoped
public class Wakeup {

    private final Semaphore signal = new Semaphore(0);

    /** Many calls before the next {@link #await} count as one. */
    public void now() {
        if (signal.availablePermits() == 0) {
            signal.release();
        }
    }

    /** Waits for {@link #now} or for the time to pass. */
    void await(Duration longest) throws InterruptedException {
        if (signal.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS)) {
            signal.drainPermits();
        }
    }
}
