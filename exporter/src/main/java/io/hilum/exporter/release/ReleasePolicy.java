package io.hilum.exporter.release;

import java.time.Duration;

/**
 * When a staged bundle may become active.
 *
 * @param quorum share of the live instances that must have loaded it, above 0 up to 1. Below 1 a refusal or a silent
 *     instance is put up with: it then serves the fallback, or what it served, and findings name two versions
 * @param timeout how long instances may take to answer. Too short: a large bundle from a remote store is given up on while
 *     it is being copied; too long: a release hangs on an instance that is alive and will never answer
 */
public record ReleasePolicy(double quorum, Duration timeout) {

    /** All of them, within five minutes. */
    public static final ReleasePolicy ALL = new ReleasePolicy(1, Duration.ofMinutes(5));

    public ReleasePolicy {
        if (!(quorum > 0 && quorum <= 1)) {
            throw new IllegalArgumentException("The quorum is " + quorum + "; it must be above 0 and at most 1, such as 0.5 for half.");
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("The time-out is " + timeout + "; it must be positive.");
        }
    }
}
