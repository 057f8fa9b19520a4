package io.hilum.processor.model;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Puts the parts that follow releases together. */
public final class Models {

    private Models() {}

    /**
     * @param clients settings of every Kafka client
     * @param onlyLine the line to serve; empty: that of the first release
     * @param cache where bundles from remote stores are kept
     * @return not started yet; the host is served by it
     */
    public static ReleaseWatcher watcher(Map<String, String> clients, Optional<String> onlyLine, Path cache,
            ModelHost host, EngineLoader loader, KafkaStatusPublisher status) {
        return new ReleaseWatcher(clients, new ReleaseHandler(onlyLine, host, new BundleFetcher(cache), loader, status));
    }
}
