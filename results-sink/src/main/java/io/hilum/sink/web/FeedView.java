package io.hilum.sink.web;

import io.hilum.sink.feed.FeedState;
import io.hilum.sink.feed.Feeds;
import java.time.Instant;
import java.util.List;

/**
 * Whether what a page shows is up to date. A quiet list and a list that hears nothing look alike, so it
 * is said with every list.
 *
 * @param upToDate every feed hears from Kafka
 * @param sentence what is wrong, for a reader; null when nothing is
 * @param behind records not stored yet, all feeds together; null before the broker answered
 */
public record FeedView(boolean upToDate, String sentence, Long behind, List<One> feeds) {

    /** One topic's feed. */
    public record One(String topic, String phase, Instant heard, Long behind, String trouble) {}

    static FeedView of(Feeds feeds) {
        List<FeedState> states = feeds.states();
        List<One> all = states.stream().map(state -> new One(state.topic(), state.phase().name(), state.heard(),
                state.lag() < 0 ? null : state.lag(), state.trouble())).toList();
        boolean stale = states.stream().anyMatch(FeedState::isStale);
        boolean unknown = states.stream().anyMatch(state -> state.lag() < 0);
        return new FeedView(!stale, stale ? sentence(states) : null,
                unknown ? null : states.stream().mapToLong(FeedState::lag).sum(), all);
    }

    private static String sentence(List<FeedState> states) {
        Instant since = states.stream().map(FeedState::heard).filter(heard -> heard != null)
                .min(Instant::compareTo).orElse(null);
        return since == null
                ? "No new results arrive yet: results-sink has not heard from Kafka since it started."
                : "No new results arrive: results-sink has not heard from Kafka since " + since + ". Scoring may go on;"
                        + " the list catches up by itself.";
    }
}
