package io.hilum.processor.service;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What spans may tell. Whether there are any, OpenTelemetry's own {@code OTEL_*} options say. */
@ConfigMapping(prefix = "hilum.trace")
public interface TraceConfig {

    /**
     * Name studies and images in spans by their UIDs, besides a short digest. With it, whoever reads the collector reads
     * what leads to a person; without, the digest of a UID must be computed before its trace can be looked for.
     */
    @WithDefault("false")
    boolean uids();
}
