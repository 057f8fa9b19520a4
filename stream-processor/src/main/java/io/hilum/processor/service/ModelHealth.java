package io.hilum.processor.service;

import io.hilum.inference.EngineIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready when every line that is wanted is served (one line where none is named) and all engines can score, also when they
 * are not the models of the last releases; the reason is told either way.
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
        List<EngineIdentity> serving = service.models().serving();
        String fault = service.models().fault();
        Set<String> missing = new TreeSet<>(service.wantedLines());
        serving.forEach(engine -> missing.remove(engine.line()));
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("model")
                .status(!serving.isEmpty() && missing.isEmpty() && fault.isEmpty());
        serving.forEach(engine -> answer.withData("line " + engine.line(),
                engine.version() + " on " + engine.engine() + ", bundle " + engine.bundleSha256()));
        missing.forEach(line -> answer.withData("line " + line, "not served"));
        if (!fault.isEmpty()) {
            answer.withData("fault", fault);
        }
        String trouble = service.modelTrouble();
        if (!trouble.isEmpty()) {
            answer.withData("trouble", trouble);
        }
        return answer.build();
    }
}
