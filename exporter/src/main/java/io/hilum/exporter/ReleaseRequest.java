package io.hilum.exporter;

import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Which bundle is to serve.
 *
 * @param bundle its folder
 * @param bootstrap Kafka's {@code bootstrap.servers}
 * @param decidedBy who decided: a person or a program, kept with the release
 * @param store the object store to copy the bundle into first; without it every instance of stream-processor must
 *     see the folder itself
 */
public record ReleaseRequest(Path bundle, String bootstrap, String decidedBy, Optional<URI> store) {

    public ReleaseRequest {
        Objects.requireNonNull(bundle, "bundle");
        Objects.requireNonNull(bootstrap, "bootstrap");
        Objects.requireNonNull(store, "store");
        if (decidedBy == null || decidedBy.isBlank()) {
            throw new IllegalArgumentException("A release needs someone who decided it.");
        }
    }

    /** Of a folder that every instance sees. */
    public ReleaseRequest(Path bundle, String bootstrap, String decidedBy) {
        this(bundle, bootstrap, decidedBy, Optional.empty());
    }
}
