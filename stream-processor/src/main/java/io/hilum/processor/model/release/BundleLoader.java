package io.hilum.processor.model.release;

import io.hilum.contracts.event.BundlePointer;
import io.hilum.inference.BundleRefusedException;
import io.hilum.inference.InferenceEngine;
import io.hilum.processor.model.EngineLoader;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * From a pointer to an engine that has proved itself on this machine.
 *
 * <p>Threading: owned by the release thread.
 */
final class BundleLoader {

    private static final Logger LOG = Logger.getLogger(BundleLoader.class);

    /** Natives' messages have several lines, a log's entry has one. */
    private static final Pattern LINE_BREAKS = Pattern.compile("\\s*\\R\\s*");

    private final BundleFetcher fetcher;
    private final EngineLoader engines;

    BundleLoader(BundleFetcher fetcher, EngineLoader engines) {
        this.fetcher = fetcher;
        this.engines = engines;
    }

    /**
     * Loads, verifies and warms a bundle. A copy that was made earlier and has been damaged since is not held against it.
     *
     * @param line that it is released for
     * @throws BundleRefusedException when the bundle itself is bad, or no engine here can run it
     * @throws IOException when it cannot be reached now
     */
    InferenceEngine load(BundlePointer bundle, String line) throws BundleRefusedException, IOException {
        try {
            boolean cached = fetcher.isCached(bundle);
            try {
                return open(bundle, line);
            } catch (BundleRefusedException refused) {
                fetcher.forget(bundle);
                if (!cached) {
                    throw refused;
                }
                LOG.warnf("The cached copy of bundle %s is refused, it is fetched afresh: %s", bundle.getVersion(), refused.getMessage());
                return loadAfresh(bundle, line);
            }
        } catch (RuntimeException | LinkageError unexpected) {
            throw new BundleRefusedException("The bundle " + bundle.getVersion() + " at " + bundle.getUri()
                    + " cannot be loaded: " + unexpected, unexpected);
        }
    }

    private InferenceEngine loadAfresh(BundlePointer bundle, String line) throws BundleRefusedException, IOException {
        try {
            return open(bundle, line);
        } catch (BundleRefusedException refused) {
            fetcher.forget(bundle);
            throw refused;
        }
    }

    /** Tells once, a line each, why it runs in no faster form here. */
    private InferenceEngine open(BundlePointer bundle, String line) throws BundleRefusedException, IOException {
        InferenceEngine engine = engines.load(fetcher.fetch(bundle), bundle.getSha256());
        String actual = engine.identity().line();
        if (!actual.equals(line)) {
            engine.close();
            throw new BundleRefusedException("The bundle " + bundle.getVersion() + " at " + bundle.getUri() + " is of the line "
                    + actual + ", and was released for the line " + line + ".");
        }
        for (String remark : engine.remarks()) {
            LOG.infof("Bundle %s runs on %s: %s", bundle.getVersion(), engine.identity().engine(), LINE_BREAKS.matcher(remark).replaceAll(" "));
        }
        return engine;
    }
}
