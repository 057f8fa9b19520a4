package io.hilum.inference;

import java.time.Duration;

/**
 * How images become batches.
 *
 * @param maxBatch images a batch. Too small: the engine's throughput is wasted; too large: an urgent image
 *     waits longer for the batch that is under way
 * @param maxDelay how long an idle engine waits for company after the oldest waiting image came. Too long:
 *     every image of a quiet hour pays it; zero: batches form only while the engine is busy
 * @param maxQueued images that may wait. Too small: the engine starves between polls; too large: latency
 *     under load grows before anyone feels back-pressure
 * @param maxQueuedBytes memory that waiting images may hold, in bytes. Too small: as with {@code maxQueued};
 *     too large: the heap ends before back-pressure begins
 * @param routineShare share of the slots that routine images get while urgent ones wait too, above 0 up
 *     to 0.5. Too small: a flood of urgent images starves routine ones past any deadline
 * @param workers batches under way at once, each on a thread of its own. More than the engine has
 *     resources for: they only slow each other
 */
public record BatcherOptions(
        int maxBatch, Duration maxDelay, int maxQueued, long maxQueuedBytes, double routineShare, int workers) {

    public BatcherOptions {
        require(maxBatch >= 1, "maxBatch is " + maxBatch + "; it must be at least 1.");
        require(!maxDelay.isNegative(), "maxDelay is " + maxDelay + "; it must not be negative.");
        require(maxQueued >= maxBatch, "maxQueued is " + maxQueued + "; below maxBatch " + maxBatch
                + " no batch would ever be full.");
        require(maxQueuedBytes > 0, "maxQueuedBytes is " + maxQueuedBytes + "; it must be positive.");
        require(routineShare > 0 && routineShare <= 0.5, "routineShare is " + routineShare
                + "; it must be above 0, or routine images starve, and at most 0.5, or urgent ones do not overtake.");
        require(workers >= 1, "workers is " + workers + "; it must be at least 1.");
    }

    /** For a CPU: small batches, 2 ms for company, a quarter of the slots for routine work, one batch at a time. */
    public static BatcherOptions defaults() {
        return new BatcherOptions(8, Duration.ofMillis(2), 256, 64L << 20, 0.25, 1);
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
