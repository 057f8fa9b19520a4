package io.hilum.processor.service;

import io.hilum.inference.EngineIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready when a model serves, also when it is not the one of the last release; the reason is told either way. */
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
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("model").status(serving.isPresent());
        serving.ifPresent(engine -> answer
                .withData("line", engine.line())
                .withData("version", engine.version())
                .withData("engine", engine.engine())
                .withData("bundle", engine.bundleSha256()));
        String trouble = service.modelTrouble();
        if (!trouble.isEmpty()) {
            answer.withData("trouble", trouble);
        }
        return answer.build();
    }
}
