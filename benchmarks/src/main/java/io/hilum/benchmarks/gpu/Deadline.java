package io.hilum.benchmarks.gpu;

import java.util.function.LongSupplier;

/** How much time there still is. Any thread. */
final class Deadline {
    private final LongSupplier nanos;
    private final long end;

    /** @param nanos a clock such as {@link System#nanoTime} */
    Deadline(double seconds, LongSupplier nanos) {
        this.nanos = nanos;
        this.end = nanos.getAsLong() + (long) (seconds * 1e9);
    }

    /** In seconds; negative when it is over. */
    double left() {
        return (end - nanos.getAsLong()) / 1e9;
    }

    boolean over() {
        return left() <= 0;
    }
}
