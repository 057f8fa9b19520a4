package io.hilum.sink.health;

import io.hilum.sink.feed.FeedState;
import io.hilum.sink.feed.Feeds;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready once every feed has heard from Kafka. Later outages of Kafka are told here as data and on the page
 * as a banner, but do not make the service unready: readers must keep the list that there is.
 */
@Readiness
@ApplicationScoped
public class KafkaReady implements HealthCheck {

    private final Feeds feeds;

    KafkaReady(Feeds feeds) {
        this.feeds = feeds;
    }

    @Override
    public HealthCheckResponse call() {
        List<FeedState> states = feeds.states();
        var answer = HealthCheckResponse.named("kafka").status(states.stream().allMatch(state -> state.heard() != null));
        for (FeedState state : states) {
            String lag = state.lag() < 0 ? "not heard yet" : state.lag() + " behind";
            answer.withData(state.topic(), state.phase() + ", " + lag + (state.isStale() ? ", stale" : "")
                    + (state.trouble() == null ? "" : ": " + state.trouble()));
        }
        return answer.build();
    }
}
