package io.hilum.processor.service;

import io.hilum.inference.EngineIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready when a model serves and its engine can score, also when it is not the model of the last release; the
 * reason is told either way.
 */
@Readiness
@ApplicationScoped
class ModelHealth implements HealthCheck {

    private final ScoringService service;

    ModelHealth(ScoringService service) {
        this.service = service;
    }

    @Override
    public HealthCheckResponse call() {
        Optional<EngineIdentity> serving = service.models().serving();
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("model")
                .status(serving.isPresent() && service.models().fault().isEmpty());
        serving.ifPresent(engine -> answer
                .withData("line", engine.line())
                .withData("version", engine.version())
                .withData("engine", engine.engine())
                .withData("bundle", engine.bundleSha256()));
        if (!service.models().fault().isEmpty()) {
            answer.withData("fault", service.models().fault());
        }
        String trouble = service.modelTrouble();
        if (!trouble.isEmpty()) {
            answer.withData("trouble", trouble);
        }
        return answer.build();
    }
}
