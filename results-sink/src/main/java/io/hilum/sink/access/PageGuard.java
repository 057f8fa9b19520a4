package io.hilum.sink.access;

import io.hilum.sink.config.AuthMode;
import io.hilum.sink.config.SinkConfig;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.regex.Pattern;

/**
 * What every answer carries, and the one request that none gets: with {@code auth=none} the service
 * trusts whoever sits at this machine, so a name other than this machine's (a hostile site whose DNS
 * was pointed here) is turned away.
 */
@ApplicationScoped
public class PageGuard {

    private static final int BEFORE_ALL = 10_000;
    private static final String CONTENT_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
            + " require-trusted-types-for 'script'; trusted-types 'none'";
    private static final Pattern THIS_MACHINE =
            Pattern.compile("(localhost|127(\\.\\d{1,3}){3}|\\[?::1\\]?)(:\\d{1,5})?", Pattern.CASE_INSENSITIVE);

    private final boolean onlyThisMachine;

    PageGuard(SinkConfig config) {
        this.onlyThisMachine = config.auth() == AuthMode.NONE && !config.openWithoutAuth();
    }

    void register(@Observes Filters filters) {
        filters.register(this::guard, BEFORE_ALL);
    }

    private void guard(RoutingContext request) {
        MultiMap headers = request.response().headers();
        headers.set("Content-Security-Policy", CONTENT_POLICY);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
        // Names and films must not stay in the browser's cache; scripts must be of the server's version.
        headers.set("Cache-Control", request.request().path().startsWith("/api/") ? "no-store" : "no-cache");
        if (onlyThisMachine && !isThisMachine(request.request().getHeader("Host"))) {
            request.response().setStatusCode(421).putHeader("Content-Type", "text/plain; charset=utf-8")
                    .end("This service answers only to this machine's own name (hilum.sink.auth is none).");
            return;
        }
        request.next();
    }

    /** HTTP/2 has no Host header; without TLS browsers do not speak it, so its absence is no browser. */
    static boolean isThisMachine(String host) {
        return host == null || THIS_MACHINE.matcher(host).matches();
    }
}
