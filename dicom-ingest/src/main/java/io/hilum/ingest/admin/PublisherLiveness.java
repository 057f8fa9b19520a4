package io.hilum.ingest.admin;

import io.hilum.ingest.IngestNode;
import io.hilum.ingest.IngestService;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Whether the publisher's thread runs. If not, the door fills the journal for nobody, and only a restart helps. */
@Liveness
@ApplicationScoped
public class PublisherLiveness implements HealthCheck {

    private final IngestService service;

    PublisherLiveness(IngestService service) {
        this.service = service;
    }

    @Override
    public HealthCheckResponse call() {
        IngestNode node = service.node();
        return HealthCheckResponse.named("publisher-thread").status(node == null || node.publisher().isAlive()).build();
    }
}
