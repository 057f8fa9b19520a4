package io.hilum.processor.model;

import io.hilum.contracts.event.BundlePointer;
import io.hilum.contracts.event.ModelRelease;
import io.hilum.contracts.event.ModelState;
import io.hilum.inference.BundleRefusedException;
import io.hilum.inference.EngineIdentity;
import io.hilum.inference.InferenceEngine;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Makes the host serve what a release says, or explains why not.
 *
 * <p>{@code active} serves as soon as it has proved itself; when it is refused, {@code fallback} serves; when
 * that is refused too, what served goes on serving. The same on every instance and after every restart, because
 * it follows from the release alone. Only then {@code staged} is loaded and kept warm: nothing waits for it.
 *
 * <p>A bundle that cannot be fetched is not refused: it is tried again, and meanwhile what served goes on
 * serving, or {@code fallback} where nothing serves yet.
 *
 * <p>Threading: owned by the release thread; {@link #trouble()} is free to read.
 */
final class ReleaseHandler implements AutoCloseable {

    /** Whether the release is dealt with. */
    enum Result { DONE, TRY_AGAIN_LATER }

    private static final Logger LOG = Logger.getLogger(ReleaseHandler.class);

    /** Natives' messages have several lines, a log's entry has one. */
    private static final Pattern LINE_BREAKS = Pattern.compile("\\s*\\R\\s*");

    private final Optional<String> onlyLine;
    private final ModelHost host;
    private final BundleFetcher fetcher;
    private final EngineLoader loader;
    private final StatusPublisher status;

    private InferenceEngine warm;
    /** What was last said about what serves: a release that is tried again and again is not told again and again. */
    private String announced = "";
    private volatile String trouble = "No release was read from hilum.models yet.";

    /** @param onlyLine the line to serve; empty: the line of the first release that is read */
    ReleaseHandler(Optional<String> onlyLine, ModelHost host, BundleFetcher fetcher, EngineLoader loader, StatusPublisher status) {
        this.onlyLine = onlyLine;
        this.host = host;
        this.fetcher = fetcher;
        this.loader = loader;
        this.status = status;
    }

    /** Why the last release does not serve as it says, as a sentence; empty when it does. */
    String trouble() {
        return trouble;
    }

    Result handle(ModelRelease release) {
        String served = onlyLine.or(() -> host.serving().map(EngineIdentity::line)).orElse(release.getLine());
        if (!release.getLine().equals(served)) {
            status.publish(release, release.getActive(), ModelState.REFUSED, "",
                    "This instance serves the model line " + served + "; one line is served today.");
            return Result.DONE;
        }
        Result result = serveOrWait(release);
        try {
            warmUp(release);
            return result;
        } catch (IOException unreachable) {
            String late = unreachable(release, release.getStaged(), unreachable);
            trouble = trouble.isEmpty() ? late : trouble + " " + late;
            return Result.TRY_AGAIN_LATER;
        }
    }

    private Result serveOrWait(ModelRelease release) {
        try {
            serve(release);
            return Result.DONE;
        } catch (IOException unreachable) {
            trouble = unreachable(release, release.getActive(), unreachable);
        }
        if (release.hasFallback() && host.serving().isEmpty()) {
            try {
                fallBack(release, trouble);
            } catch (IOException unreachable) {
                trouble = trouble + " " + unreachable(release, release.getFallback(), unreachable);
            }
        }
        return Result.TRY_AGAIN_LATER;
    }

    private static String unreachable(ModelRelease release, BundlePointer bundle, IOException cause) {
        String sentence = "Bundle " + bundle.getVersion() + " of release " + release.getLine() + " "
                + release.getGeneration() + " cannot be fetched: " + cause.getMessage() + " It is tried again.";
        LOG.warn(sentence);
        return sentence;
    }

    @Override
    public void close() {
        if (warm != null) {
            warm.close();
            warm = null;
        }
    }

    private void warmUp(ModelRelease release) throws IOException {
        if (!release.hasStaged()) {
            if (warm != null && !isOf(warm.identity(), release.getActive())) {
                close();
            }
            return;
        }
        BundlePointer staged = release.getStaged();
        if (isServing(staged) || warm != null && isOf(warm.identity(), staged)) {
            return;
        }
        close();
        try {
            warm = load(staged);
            status.publish(release, staged, ModelState.LOADED, warm.identity().engine(), "");
        } catch (BundleRefusedException refused) {
            refused(release, staged, refused);
        }
    }

    private void serve(ModelRelease release) throws IOException {
        BundlePointer active = release.getActive();
        if (isServing(active)) {
            serving(release, active, "");
            return;
        }
        try {
            exchange(release, active);
            serving(release, active, "");
        } catch (BundleRefusedException refused) {
            refused(release, active, refused);
            fallBack(release, refused.getMessage());
        }
    }

    private void fallBack(ModelRelease release, String why) throws IOException {
        BundlePointer fallback = release.getFallback();
        if (!release.hasFallback()) {
            nothingServes(why);
        } else if (isServing(fallback)) {
            serving(release, fallback, why);
        } else {
            try {
                exchange(release, fallback);
                serving(release, fallback, why);
            } catch (BundleRefusedException refused) {
                refused(release, fallback, refused);
                nothingServes(why + " Its fallback: " + refused.getMessage());
            }
        }
    }

    private void exchange(ModelRelease release, BundlePointer bundle) throws BundleRefusedException, IOException {
        InferenceEngine engine = warm != null && isOf(warm.identity(), bundle) ? warm : load(bundle);
        if (engine == warm) {
            warm = null;
        } else {
            status.publish(release, bundle, ModelState.LOADED, engine.identity().engine(), "");
        }
        host.serve(engine);
    }

    private InferenceEngine load(BundlePointer bundle) throws BundleRefusedException, IOException {
        try {
            boolean cached = fetcher.isCached(bundle);
            try {
                return open(bundle);
            } catch (BundleRefusedException refused) {
                fetcher.forget(bundle);
                if (!cached) {
                    throw refused;
                }
                LOG.warnf("The cached copy of bundle %s is refused, it is fetched afresh: %s", bundle.getVersion(), refused.getMessage());
                return loadAfresh(bundle);
            }
        } catch (RuntimeException | LinkageError unexpected) {
            throw new BundleRefusedException("The bundle " + bundle.getVersion() + " at " + bundle.getUri()
                    + " cannot be loaded: " + unexpected, unexpected);
        }
    }

    private InferenceEngine loadAfresh(BundlePointer bundle) throws BundleRefusedException, IOException {
        try {
            return open(bundle);
        } catch (BundleRefusedException refused) {
            fetcher.forget(bundle);
            throw refused;
        }
    }

    /** Loads a bundle, and tells once, a line each, why it runs in no faster form here. */
    private InferenceEngine open(BundlePointer bundle) throws BundleRefusedException, IOException {
        InferenceEngine engine = loader.load(fetcher.fetch(bundle), bundle.getSha256());
        for (String remark : engine.remarks()) {
            LOG.infof("Bundle %s runs on %s: %s", bundle.getVersion(), engine.identity().engine(), LINE_BREAKS.matcher(remark).replaceAll(" "));
        }
        return engine;
    }

    private void serving(ModelRelease release, BundlePointer bundle, String why) {
        trouble = why;
        String news = release.getGeneration() + " " + bundle.getSha256() + " " + why;
        if (news.equals(announced)) {
            return;
        }
        announced = news;
        String engine = host.serving().map(EngineIdentity::engine).orElse("");
        LOG.infof("Serving model %s %s on %s.%s", release.getLine(), bundle.getVersion(), engine,
                why.isEmpty() ? "" : " It is the fallback, because the active bundle cannot serve: " + why);
        status.publish(release, bundle, ModelState.SERVING, engine, why);
    }

    private void refused(ModelRelease release, BundlePointer bundle, BundleRefusedException refused) {
        LOG.errorf("Bundle %s of release %s %d is refused: %s",
                bundle.getVersion(), release.getLine(), release.getGeneration(), refused.getMessage());
        status.publish(release, bundle, ModelState.REFUSED, "", refused.getMessage());
    }

    private void nothingServes(String why) {
        trouble = why + host.serving().map(old -> " Model " + old.version() + " goes on serving.").orElse(" No model serves.");
        LOG.error(trouble);
    }

    private boolean isServing(BundlePointer bundle) {
        return host.serving().map(engine -> isOf(engine, bundle)).orElse(false);
    }

    private static boolean isOf(EngineIdentity engine, BundlePointer bundle) {
        return engine.bundleSha256().equals(bundle.getSha256());
    }
}
