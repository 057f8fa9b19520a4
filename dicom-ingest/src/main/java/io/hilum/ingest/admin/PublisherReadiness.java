package io.hilum.ingest.admin;

import io.hilum.ingest.IngestNode;
import io.hilum.ingest.IngestService;
import io.hilum.ingest.publish.PublisherState;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * How the publisher does. It stays up while the broker is away, with {@code state: DEGRADED}: taking the door out of
 * service then would lose what it is there for. Topics that differ from their declaration are down.
 */
@Readiness
@ApplicationScoped
public class PublisherReadiness implements HealthCheck {

    private final IngestService service;

    PublisherReadiness(IngestService service) {
        this.service = service;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("publisher");
        IngestNode node = service.node();
        if (node == null) {
            return response.down().withData("state", "STARTING").build();
        }
        PublisherState state = node.publisher().state();
        response.withData("state", state.name()).withData("backlog", node.journal().backlog());
        if (!node.publisher().trouble().isEmpty()) {
            response.withData("reason", node.publisher().trouble());
        }
        return response.status(state != PublisherState.MISCONFIGURED && node.publisher().isAlive()).build();
    }
}
