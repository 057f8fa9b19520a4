package io.hilum.benchmarks.chaos.harness;

/**
 * A line of {@code swaps.jsonl}; times in microseconds since the epoch.
 *
 * @param stagedUs the bundle was announced as staged
 * @param activeUs it was announced as active
 * @param servedUs every instance said that it serves it; 0 where that took too long
 */
record Swap(int number, String version, long stagedUs, long activeUs, long servedUs) {

    private static final long HALF_WINDOW_US = 2_500_000;

    /** Whether an image that was sent then was sent in the 5 s around the swap, or while the bundle was loaded. */
    boolean isAround(long sentUs, long halfWindowUs) {
        return sentUs >= Math.min(stagedUs, activeUs - halfWindowUs) && sentUs < activeUs + halfWindowUs;
    }

    /** 2.5 s; half of half the interval where swaps come faster than each ten seconds. */
    static long halfWindowUs(long intervalUs) {
        return Math.min(HALF_WINDOW_US, intervalUs / 4);
    }
}
