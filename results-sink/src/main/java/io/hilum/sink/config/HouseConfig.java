package io.hilum.sink.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;

/** What all services of the house share, under {@code hilum.}. */
public final class HouseConfig {

    private HouseConfig() {}

    /** The object store. */
    @ConfigMapping(prefix = "hilum.store")
    public interface Store {

        /**
         * {@code file:///...} or {@code s3://...}: where canvases are read from. Failure mode: another store
         * than dicom-ingest's, and every image answers 404.
         */
        @WithDefault("file:///var/lib/hilum/objects")
        URI uri();
    }

    /** What spans may tell. Whether there are any, OpenTelemetry's own {@code OTEL_*} options say. */
    @ConfigMapping(prefix = "hilum.trace")
    public interface Trace {

        /**
         * Name studies and images in spans by their UIDs. The spans of this service name none at all today; the option is the
         * house's. Failure mode: with it, whoever reads the collector reads what leads to a person.
         */
        @WithDefault("false")
        boolean uids();
    }

    /** Topics, as they were first installed. */
    @ConfigMapping(prefix = "hilum.topics")
    public interface TopicCounts {

        /** Failure mode: other than at first install, the start stops. */
        @WithDefault("12")
        int partitions();

        /** Failure mode: more than there are brokers, topics cannot be created. */
        @WithDefault("3")
        short replication();
    }
}
