package io.hilum.sink.access;

import io.hilum.sink.config.AuthMode;
import io.hilum.sink.config.SinkConfig;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/** Who may look: everybody, or users of the file. Health and metrics name no person and are always open. */
@ApplicationScoped
public class AccessPolicy implements HttpSecurityPolicy {

    private final AuthMode mode;

    AccessPolicy(SinkConfig config) {
        this.mode = config.auth();
    }

    @Override
    public String name() {
        return "hilum";
    }

    @Override
    public Uni<CheckResult> checkPermission(RoutingContext request, Uni<SecurityIdentity> identity,
            AuthorizationRequestContext context) {
        return switch (mode) {
            case NONE -> CheckResult.permit();
            case BASIC -> identity.map(who -> who.isAnonymous() ? CheckResult.DENY : CheckResult.PERMIT);
        };
    }
}
