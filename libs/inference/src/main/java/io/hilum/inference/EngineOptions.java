package io.hilum.inference;

/**
 * How an engine uses its machine.
 *
 * @param intraOpThreads threads of one batch's computation. Too many: they fight with the batcher's other
 *     workers and with everything else on the machine, and latency rises; too few: cores stay idle
 */
public record EngineOptions(int intraOpThreads) {

    public EngineOptions {
        if (intraOpThreads < 1) {
            throw new IllegalArgumentException("intraOpThreads is " + intraOpThreads + "; an engine needs at least 1.");
        }
    }

    /** All cores for one batch at a time. */
    public static EngineOptions defaults() {
        return new EngineOptions(Runtime.getRuntime().availableProcessors());
    }
}
