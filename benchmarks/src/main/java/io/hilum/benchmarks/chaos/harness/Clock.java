package io.hilum.benchmarks.chaos.harness;

import io.hilum.processor.event.MicroClock;
import java.time.Duration;

/** The run's time, and waiting for conditions. */
final class Clock {

    private static final long PAUSE_MS = 50;

    private Clock() {}

    /** Microseconds since the epoch. */
    static long micros() {
        return MicroClock.SYSTEM.micros();
    }

    /** What is waited for. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws InterruptedException;
    }

    /** Waits until the condition holds or the time is over; says which. */
    static boolean await(Condition condition, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() >= end) {
                return false;
            }
            Thread.sleep(PAUSE_MS);
        }
        return true;
    }
}
