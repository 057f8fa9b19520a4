package io.hilum.processor.model.release;

import io.hilum.contracts.event.BundlePointer;
import io.hilum.contracts.event.ModelRelease;
import io.hilum.contracts.event.ModelState;
import io.hilum.contracts.event.Slot;
import io.hilum.inference.BundleRefusedException;
import io.hilum.inference.EngineIdentity;
import io.hilum.inference.InferenceEngine;
import io.hilum.processor.model.ModelHost;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Makes one line be served as its release says, or explains why not.
 *
 * <p>{@code active} serves as soon as it has proved itself; when it is refused, {@code fallback} serves; when
 * that is refused too, what served goes on serving. The same on every instance and after every restart, because
 * it follows from the release alone. Only then {@code staged} is loaded and kept warm: nothing waits for it.
 *
 * <p>A bundle that cannot be fetched is not refused: it is tried again, and meanwhile what served goes on
 * serving, or {@code fallback} where nothing serves yet. A refused one is not loaded again while its release stands:
 * loading takes the processor from what serves.
 *
 * <p>Threading: owned by the release thread; {@link #trouble()} is free to read.
 */
final class LineHandler implements AutoCloseable {

    /** Whether the release is dealt with. */
    enum Result { DONE, TRY_AGAIN_LATER }

    private static final Logger LOG = Logger.getLogger(LineHandler.class);

    private final String line;
    private final ModelHost host;
    private final BundleLoader loader;
    private final StatusBoard status;
    private final StagedEngine staged;
    /** Of this generation: reasons by SHA-256. */
    private final Map<String, String> refusals = new HashMap<>();
    private long generation = Long.MIN_VALUE;
    private volatile String trouble = "";

    LineHandler(String line, ModelHost host, BundleLoader loader, StatusBoard status, StagedEngine staged) {
        this.line = line;
        this.host = host;
        this.loader = loader;
        this.status = status;
        this.staged = staged;
    }

    /** Why the last release does not serve as it says, as a sentence; empty when it does. */
    String trouble() {
        return trouble;
    }

    Result handle(ModelRelease release) {
        if (release.getGeneration() != generation) {
            refusals.clear();
            generation = release.getGeneration();
        }
        // Not three engines at once in memory where two will do.
        staged.dropUnlessIn(release);
        Result served = release.hasActive() ? serve(release) : serveNothingYet(release);
        Result kept = keepWarm(release);
        return served == Result.DONE && kept == Result.DONE ? Result.DONE : Result.TRY_AGAIN_LATER;
    }

    /** The line is served no more, because its release was taken back. */
    void remove() {
        staged.drop();
        host.remove(line);
        status.forget(line);
        LOG.infof("The model line %s is served no more: its release was taken back.", line);
    }

    @Override
    public void close() {
        staged.drop();
    }

    private Result serveNothingYet(ModelRelease release) {
        trouble = isServed() ? "" : "Release " + line + " " + release.getGeneration() + " has no active bundle yet.";
        status.clear(line, Slot.ACTIVE);
        status.clear(line, Slot.FALLBACK);
        return Result.DONE;
    }

    private Result serve(ModelRelease release) {
        Attempt active = attempt(release, release.getActive());
        say(release, Slot.ACTIVE, release.getActive(), active);
        switch (active.state()) {
            case SERVING -> {
                trouble = "";
                status.clear(line, Slot.FALLBACK);
                return Result.DONE;
            }
            case REFUSED -> {
                return fallBack(release, active.reason());
            }
            case UNREACHABLE -> {
                trouble = active.reason();
                if (!isServed() || release.hasFallback() && isServing(release.getFallback())) {
                    fallBack(release, active.reason());
                }
                return Result.TRY_AGAIN_LATER;
            }
            default -> throw new IllegalStateException("unknown outcome " + active);
        }
    }

    private Result fallBack(ModelRelease release, String why) {
        if (!release.hasFallback()) {
            status.clear(line, Slot.FALLBACK);
            nothingServes(why);
            return Result.DONE;
        }
        Attempt fallback = attempt(release, release.getFallback());
        if (fallback.state() == ModelState.SERVING) {
            trouble = why;
            say(release, Slot.FALLBACK, release.getFallback(), new Attempt(ModelState.SERVING, fallback.engine(), why));
            return Result.DONE;
        }
        say(release, Slot.FALLBACK, release.getFallback(), fallback);
        nothingServes(why + " Its fallback: " + fallback.reason());
        return fallback.state() == ModelState.UNREACHABLE ? Result.TRY_AGAIN_LATER : Result.DONE;
    }

    /** Makes a bundle serve, if it can. */
    private Attempt attempt(ModelRelease release, BundlePointer bundle) {
        if (!isServing(bundle)) {
            Attempt loaded = load(release, bundle);
            if (loaded.state() != ModelState.LOADED) {
                return loaded;
            }
            host.serve(staged.take());
        }
        return new Attempt(ModelState.SERVING, host.serving(line).map(EngineIdentity::engine).orElse(""), "");
    }

    private Result keepWarm(ModelRelease release) {
        if (!release.hasStaged()) {
            staged.drop();
            status.clear(line, Slot.STAGED);
            return Result.DONE;
        }
        BundlePointer bundle = release.getStaged();
        Attempt attempt = isServing(bundle)
                ? new Attempt(ModelState.LOADED, host.serving(line).map(EngineIdentity::engine).orElse(""), "")
                : load(release, bundle);
        say(release, Slot.STAGED, bundle, attempt);
        staged.shadow(release);
        if (attempt.state() == ModelState.UNREACHABLE) {
            trouble = trouble.isEmpty() ? attempt.reason() : trouble + " " + attempt.reason();
            return Result.TRY_AGAIN_LATER;
        }
        return Result.DONE;
    }

    /** Leaves the bundle warm in {@link #staged}, if it can. */
    private Attempt load(ModelRelease release, BundlePointer bundle) {
        String known = refusals.get(bundle.getSha256());
        if (known != null) {
            return Attempt.failed(ModelState.REFUSED, known);
        }
        try {
            if (!staged.holds(bundle)) {
                InferenceEngine engine = loader.load(bundle, line);
                staged.put(engine);
            }
            return new Attempt(ModelState.LOADED, staged.engine(), "");
        } catch (BundleRefusedException refused) {
            LOG.errorf("Bundle %s of release %s %d is refused: %s", bundle.getVersion(), line, release.getGeneration(), refused.getMessage());
            refusals.put(bundle.getSha256(), refused.getMessage());
            return Attempt.failed(ModelState.REFUSED, refused.getMessage());
        } catch (IOException unreachable) {
            String sentence = "Bundle " + bundle.getVersion() + " of release " + line + " " + release.getGeneration()
                    + " cannot be fetched: " + unreachable.getMessage() + " It is tried again.";
            LOG.warn(sentence);
            return Attempt.failed(ModelState.UNREACHABLE, sentence);
        }
    }

    private void say(ModelRelease release, Slot slot, BundlePointer bundle, Attempt attempt) {
        boolean news = status.say(release, slot, bundle, attempt.state(), attempt.engine(), attempt.reason());
        if (news && attempt.state() == ModelState.SERVING) {
            LOG.infof("Serving model %s %s on %s.%s", line, bundle.getVersion(), attempt.engine(), slot == Slot.FALLBACK
                    ? " It is the fallback, because the active bundle cannot serve: " + attempt.reason() : "");
        }
    }

    private void nothingServes(String why) {
        trouble = why + host.serving(line).map(old -> " Model " + old.version() + " goes on serving.").orElse(" No model serves.");
        LOG.error(trouble);
    }

    private boolean isServed() {
        return host.serving(line).isPresent();
    }

    private boolean isServing(BundlePointer bundle) {
        return host.serving(line).map(engine -> engine.bundleSha256().equals(bundle.getSha256())).orElse(false);
    }
}
