package io.hilum.sink.feed;

import java.time.Duration;
import java.time.Instant;

/**
 * How a feed is doing, as people and probes are told.
 *
 * <p>Threading: written by the feed's thread, read by any; every field is one volatile word or reference.
 */
public final class FeedState {

    /** What a feed is doing. */
    public enum Phase {
        /** Not yet connected since the start. */
        STARTING,
        /** Reads; the lag says how far behind. */
        READING,
        /** Failed and waits before it tries again. */
        RETRYING,
        STOPPED
    }

    private final String topic;
    private final Duration staleAfter;
    private volatile Phase phase = Phase.STARTING;
    private volatile String trouble;
    private volatile Instant heard;
    private volatile long lag = -1;

    FeedState(String topic, Duration staleAfter) {
        this.topic = topic;
        this.staleAfter = staleAfter;
    }

    void heard(long recordsBehind) {
        heard = Instant.now();
        lag = recordsBehind;
        trouble = null;
        phase = Phase.READING;
    }

    void failed(String sentence) {
        trouble = sentence;
        phase = Phase.RETRYING;
    }

    void stopped() {
        phase = Phase.STOPPED;
    }

    public String topic() {
        return topic;
    }

    public Phase phase() {
        return phase;
    }

    /** The last failure as a sentence, or null. */
    public String trouble() {
        return trouble;
    }

    /** When the broker last answered, or null: never since the start. */
    public Instant heard() {
        return heard;
    }

    /** Records not yet stored; -1 before the broker answered. */
    public long lag() {
        return lag;
    }

    public boolean isStale() {
        Instant last = heard;
        return last == null || last.isBefore(Instant.now().minus(staleAfter));
    }
}
