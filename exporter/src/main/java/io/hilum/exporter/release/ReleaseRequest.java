package io.hilum.exporter.release;

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
 * @param goal how far it goes
 * @param policy when it may become active
 */
public record ReleaseRequest(
        Path bundle, String bootstrap, String decidedBy, Optional<URI> store, Goal goal, ReleasePolicy policy) {

    /** How far a release goes. */
    public enum Goal {
        /** Staged, then active. */
        ACTIVE,
        /** Staged: loaded and warm beside what serves. */
        STAGED,
        /** Staged, and scoring the same images without publishing findings. */
        SHADOW
    }

    public ReleaseRequest {
        Objects.requireNonNull(bundle, "bundle");
        Objects.requireNonNull(bootstrap, "bootstrap");
        Objects.requireNonNull(store, "store");
        Objects.requireNonNull(goal, "goal");
        Objects.requireNonNull(policy, "policy");
        if (decidedBy == null || decidedBy.isBlank()) {
            throw new IllegalArgumentException("A release needs someone who decided it.");
        }
    }

    /** To active, of a folder that every instance sees, with the consent of all of them. */
    public ReleaseRequest(Path bundle, String bootstrap, String decidedBy) {
        this(bundle, bootstrap, decidedBy, Optional.empty(), Goal.ACTIVE, ReleasePolicy.ALL);
    }
}
