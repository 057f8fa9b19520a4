package io.hilum.ingest.admin;

import io.hilum.ingest.IngestNode;
import io.hilum.ingest.IngestService;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Whether objects can be taken. A full disk or a broken journal closes the door; an absent broker does not. */
@Readiness
@ApplicationScoped
public class DoorReadiness implements HealthCheck {

    private final IngestService service;

    DoorReadiness(IngestService service) {
        this.service = service;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("door");
        IngestNode node = service.node();
        if (node == null) {
            return response.down().withData("reason", "starting").build();
        }
        String closed = node.door().closed();
        response.withData("dicomPort", node.dicomPort()).withData("backlog", node.journal().backlog());
        return closed == null ? response.up().build() : response.down().withData("reason", closed).build();
    }
}
