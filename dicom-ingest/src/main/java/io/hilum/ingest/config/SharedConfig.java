package io.hilum.ingest.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;

/** Options that all services share. */
public final class SharedConfig {

    private SharedConfig() {}

    /** {@code hilum.store.*}. */
    @ConfigMapping(prefix = "hilum.store")
    public interface Store {

        /** The object store, {@code file:///directory} or {@code s3://bucket/prefix}. The same for all services. */
        URI uri();
    }

    /** {@code hilum.trace.*}: what spans may tell. Whether there are any, OpenTelemetry's own {@code OTEL_*} options say. */
    @ConfigMapping(prefix = "hilum.trace")
    public interface Trace {

        /**
         * Name studies and images in spans by their UIDs, besides a short digest. With it, whoever reads the collector
         * reads what leads to a person; without, the digest of a UID must be computed before its trace can be looked for.
         */
        @WithDefault("false")
        boolean uids();
    }

    /** {@code hilum.topics.*}; fixed at first install. */
    @ConfigMapping(prefix = "hilum.topics")
    public interface Topics {

        /** Partitions of scaled topics. A changed count is refused at start: keys would move. */
        @WithDefault("12")
        int partitions();

        /** Copies of each partition: 3 on a cluster, 1 on a single broker. Too few lose data with a broker. */
        @WithDefault("3")
        short replication();
    }
}
