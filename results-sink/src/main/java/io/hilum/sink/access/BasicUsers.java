package io.hilum.sink.access;

import io.hilum.sink.config.AuthMode;
import io.hilum.sink.config.SinkConfig;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.UsernamePasswordAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Checks name and password against the users file, off the event loop. Threading: free to share. */
@ApplicationScoped
public class BasicUsers implements IdentityProvider<UsernamePasswordAuthenticationRequest> {

    private final UsersFile users;

    BasicUsers(SinkConfig config) {
        // With auth=none the policy asks nobody; credentials that a browser sends all the same are refused.
        this.users = config.auth() == AuthMode.BASIC ? config.usersFile().map(UsersFile::new).orElse(null) : null;
    }

    @Override
    public Class<UsernamePasswordAuthenticationRequest> getRequestType() {
        return UsernamePasswordAuthenticationRequest.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(UsernamePasswordAuthenticationRequest request,
            AuthenticationRequestContext context) {
        return context.runBlocking(() -> {
            if (users == null || !users.accepts(request.getUsername(), request.getPassword().getPassword())) {
                throw new AuthenticationFailedException();
            }
            return QuarkusSecurityIdentity.builder().setPrincipal(new QuarkusPrincipal(request.getUsername())).build();
        });
    }
}
