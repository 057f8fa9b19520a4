package io.hilum.processor.model.release;

import io.hilum.processor.model.EngineLoader;
import io.hilum.processor.model.ModelHost;
import io.hilum.processor.model.shadow.Shadows;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** Puts the parts that follow releases together. */
public final class Models {

    private Models() {}

    /**
     * @param clients settings of every Kafka client
     * @param servesOnly the lines to serve; empty: every one that is released
     * @param cache where bundles from remote stores are kept
     * @return not started yet; the host is served by it
     */
    public static ReleaseWatcher watcher(Map<String, String> clients, Set<String> servesOnly, Path cache,
            ModelHost host, EngineLoader loader, StatusBoard status, Shadows shadows) {
        return new ReleaseWatcher(clients, new ReleaseHandler(
                servesOnly, host, new BundleLoader(new BundleFetcher(cache), loader), status, shadows));
    }
}
