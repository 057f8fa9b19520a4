package io.hilum.processor.service;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;

/** Dead when the stream gave up or a thread that it needs has ended; waiting for a broker or a model is alive. */
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
        String deadThread = service.deadThread();
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("scoring stream")
                .status(deadThread.isEmpty() && state.map(StreamsHealth::isAlive).orElse(true))
                .withData("state", state.map(Enum::name).orElse("waiting for " + service.waitingFor()));
        if (!deadThread.isEmpty()) {
            answer.withData("dead", deadThread);
        }
        return answer.build();
    }

    private static boolean isAlive(KafkaStreams.State state) {
        return switch (state) {
            case CREATED, REBALANCING, RUNNING, PENDING_SHUTDOWN -> true;
            case NOT_RUNNING, PENDING_ERROR, ERROR -> false;
        };
    }
}
