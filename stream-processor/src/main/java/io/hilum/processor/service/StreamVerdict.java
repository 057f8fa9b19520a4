package io.hilum.processor.service;

import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams;

/**
 * Whether only a restart helps. Waiting for a broker or a model, a rebalance and the restoring of state are alive.
 *
 * @param alive no restart is needed
 * @param reason why one is, as a sentence; empty when alive
 */
record StreamVerdict(boolean alive, String reason) {

    private static final StreamVerdict ALIVE = new StreamVerdict(true, "");

    /**
     * @param state the stream's; empty before it starts
     * @param deadThread a thread of the service that ended before its work was done, as a noun, or empty
     * @param stalled how long images wait for this instance and nothing is committed
     * @param patience how long that may be: above it no time-out will help any more
     */
    static StreamVerdict of(Optional<KafkaStreams.State> state, String deadThread, Duration stalled, Duration patience) {
        if (!deadThread.isEmpty()) {
            return dead("It has ended: " + deadThread + ".");
        }
        if (state.isEmpty()) {
            return ALIVE;
        }
        return switch (state.get()) {
            case CREATED, REBALANCING, PENDING_SHUTDOWN -> ALIVE;
            case RUNNING -> stalled.compareTo(patience) <= 0 ? ALIVE : dead("Images wait, and nothing was committed for "
                    + stalled.toSeconds() + " s: a stream thread is stuck.");
            case NOT_RUNNING, PENDING_ERROR, ERROR -> dead("All stream threads have ended; the log says why.");
        };
    }

    private static StreamVerdict dead(String reason) {
        return new StreamVerdict(false, reason);
    }
}
