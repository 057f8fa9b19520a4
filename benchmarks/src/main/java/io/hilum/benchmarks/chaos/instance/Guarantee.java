package io.hilum.benchmarks.chaos.instance;

/** What the stream under test promises; all but the first are broken on purpose, to see that the check notices. */
public enum Guarantee {
    /** As in service. */
    KEPT,
    /** Commits do not wait for the images under way. */
    WITHOUT_DRAIN,
    /** Findings, state and offsets are not one transaction. */
    WITHOUT_EXACTLY_ONCE
}
