package io.hilum.ingest;

import io.hilum.ingest.publish.Gateway;
import io.hilum.storage.ObjectStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Whole nodes for tests, on real files. */
public final class Nodes {

    private Nodes() {}

    /** Store and journal lie under the directory, so that a second node goes on where the first one ended. */
    public static IngestNode start(Path directory, Gateway gateway, Map<String, String> more) throws IOException {
        return new IngestNode(Configs.of(directory.resolve("data"), more),
                ObjectStores.open(directory.resolve("store").toUri()), gateway, new SimpleMeterRegistry());
    }
}
