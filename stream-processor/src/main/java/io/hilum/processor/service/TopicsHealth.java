package io.hilum.processor.service;

import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.streams.KafkaStreams;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when topics are there as declared and the stream has its tasks. */
@Readiness
@ApplicationScoped
class TopicsHealth implements HealthCheck {

    private final ScoringService service;

    TopicsHealth(ScoringService service) {
        this.service = service;
    }

    @Override
    public HealthCheckResponse call() {
        boolean running = service.streamsState().map(state -> state == KafkaStreams.State.RUNNING).orElse(false);
        return HealthCheckResponse.named("topics")
                .status(service.topicsChecked() && running)
                .withData("topics", service.topicsChecked() ? "as declared" : "not checked yet")
                .withData("stream", service.streamsState().map(Enum::name).orElse("waiting for " + service.waitingFor()))
                .build();
    }
}
