package io.hilum.benchmarks.chaos.harness;

/** What is broken. */
public enum Fault {
    /** SIGKILL of an instance, which comes back. */
    KILL,
    /** SIGTERM of an instance, which comes back. */
    STOP,
    /** An instance stands still until the group has given its tasks away, and then goes on as if nothing had been. */
    FREEZE,
    /** A further instance joins the group, or leaves it. */
    REBALANCE,
    /** SIGKILL of a broker, while all copies are up to date; it comes back. */
    BROKER_KILL,
    /** An instance's engine fails for a time, on blank images too. */
    ENGINE_FAILURE,
    /** Records that cannot be read or scored, among the others. */
    POISON,
    /** Another model, while batches are under way. */
    SWAP
}
