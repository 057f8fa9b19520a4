package io.hilum.sink.health;

import io.hilum.sink.feed.Feeds;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Alive while no feed's thread has ended; feeds retry for ever, so an ended one is a defect. */
@Liveness
@ApplicationScoped
public class FeedsAlive implements HealthCheck {

    private final Feeds feeds;

    FeedsAlive(Feeds feeds) {
        this.feeds = feeds;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("feeds").status(!feeds.hasDeadThread()).build();
    }
}
