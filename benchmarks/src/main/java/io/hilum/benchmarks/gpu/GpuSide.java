package io.hilum.benchmarks.gpu;

import java.io.IOException;
import java.util.Map;

/** One of the two that are compared. One thread; it leaves the GPU alone between jobs. */
interface GpuSide extends AutoCloseable {

    /** Versions by name, such as {@code torch: 2.7.1}; what is not known yet is missing. */
    Map<String, String> versions();

    /**
     * Measures accuracy first, and speed only of what is credible.
     *
     * @param deadline the side stops by itself when it is over, and gives what it has
     * @throws IOException when there is nothing to give, with a sentence that says why
     */
    Measured measure(Job job, Deadline deadline) throws IOException;

    /** Gives back what is still open. */
    @Override
    default void close() {}

    /** A side that this machine does not have. */
    record Absent(String sentence) implements GpuSide {
        @Override
        public Map<String, String> versions() {
            return Map.of();
        }

        @Override
        public Measured measure(Job job, Deadline deadline) throws IOException {
            throw new IOException(sentence);
        }
    }
}
