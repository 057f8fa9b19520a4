package io.hilum.inference;

import java.time.Duration;
import java.util.List;

/**
 * How images become batches.
 *
 * @param maxBatch images a batch. Too small: the engine's throughput is wasted; too large: an urgent image
 *     waits longer for the batch that is under way
 * @param maxDelay how long an idle engine waits for company after the oldest waiting image came, at most a day. Too
 *     long: every image of a quiet hour pays it; zero: batches form only while the engine is busy
 * @param maxQueued images that may wait. Too small: the engine starves between polls; too large: latency
 *     under load grows before anyone feels back-pressure
 * @param maxQueuedBytes memory that waiting images may hold, in bytes. Too small: as with {@code maxQueued};
 *     too large: the heap ends before back-pressure begins
 * @param routineShare share of the slots that routine images get while urgent ones wait too, above 0 up
 *     to 0.5. Too small: a flood of urgent images starves routine ones past any deadline
 * @param workers batches under way at once, each on a thread of its own. More than the engine has
 *     resources for: they only slow each other
 * @param preferredSizes sizes of batch at which the engine is most efficient, such as those a GPU has a CUDA graph for;
 *     ascending, from 1 to {@code maxBatch}, which always counts as one; empty: none. As soon as one is reached an idle
 *     engine gets a batch of the largest that can be filled, without waiting for the delay. Too small ones: the engine
 *     begins small batches although company was on its way, and 1 makes the delay meaningless; sizes at which the engine
 *     is no better: smaller batches for nothing
 */
public record BatcherOptions(
        int maxBatch, Duration maxDelay, int maxQueued, long maxQueuedBytes, double routineShare, int workers,
        List<Integer> preferredSizes) {

    private static final Duration LONGEST_DELAY = Duration.ofDays(1);

    public BatcherOptions {
        preferredSizes = List.copyOf(preferredSizes);
        require(maxBatch >= 1, "maxBatch is " + maxBatch + "; it must be at least 1.");
        require(!maxDelay.isNegative() && maxDelay.compareTo(LONGEST_DELAY) <= 0,
                "maxDelay is " + maxDelay + "; it must not be negative, nor longer than a day.");
        require(maxQueued >= maxBatch, "maxQueued is " + maxQueued + "; below maxBatch " + maxBatch
                + " no batch would ever be full.");
        require(maxQueuedBytes > 0, "maxQueuedBytes is " + maxQueuedBytes + "; it must be positive.");
        require(routineShare > 0 && routineShare <= 0.5, "routineShare is " + routineShare
                + "; it must be above 0, or routine images starve, and at most 0.5, or urgent ones do not overtake.");
        require(workers >= 1, "workers is " + workers + "; it must be at least 1.");
        requirePreferred(preferredSizes, maxBatch);
    }

    /** Without preferred sizes. */
    public BatcherOptions(int maxBatch, Duration maxDelay, int maxQueued, long maxQueuedBytes, double routineShare, int workers) {
        this(maxBatch, maxDelay, maxQueued, maxQueuedBytes, routineShare, workers, List.of());
    }

    /** For a CPU: small batches, 2 ms for company, a quarter of the slots for routine work, one batch at a time. */
    public static BatcherOptions defaults() {
        return new BatcherOptions(8, Duration.ofMillis(2), 256, 64L << 20, 0.25, 1);
    }

    /** The same with these preferred sizes. */
    public BatcherOptions preferring(List<Integer> sizes) {
        return new BatcherOptions(maxBatch, maxDelay, maxQueued, maxQueuedBytes, routineShare, workers, sizes);
    }

    /** The largest preferred size that {@code waiting} images fill; 0 when they fill none. */
    int preferredWithin(int waiting) {
        if (waiting >= maxBatch) {
            return maxBatch;
        }
        int largest = 0;
        for (int size : preferredSizes) {
            if (size <= waiting) {
                largest = size;
            }
        }
        return largest;
    }

    private static void requirePreferred(List<Integer> sizes, int maxBatch) {
        int before = 0;
        for (int size : sizes) {
            require(size > before && size <= maxBatch, "preferredSizes are " + sizes
                    + "; they must ascend, from at least 1 to at most maxBatch " + maxBatch + ".");
            before = size;
        }
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
