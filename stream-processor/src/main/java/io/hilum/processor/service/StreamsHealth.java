package io.hilum.processor.service;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;

/** Dead when the stream gave up, is stuck, or a thread that it needs has ended: {@link StreamVerdict}. */
@Liveness
@ApplicationScoped
class StreamsHealth implements HealthCheck {

    private final ScoringService service;

    StreamsHealth(ScoringService service) {
        this.service = service;
    }

    @Override
    public HealthCheckResponse call() {
        Optional<KafkaStreams.State> state = service.streamsState();
        StreamVerdict verdict = StreamVerdict.of(state, service.deadThread(), service.stalled(), service.patience());
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("scoring stream")
                .status(verdict.alive())
                .withData("state", state.map(Enum::name).orElse("waiting for " + service.waitingFor()));
        if (!verdict.alive()) {
            answer.withData("dead", verdict.reason());
        }
        return answer.build();
    }
}
