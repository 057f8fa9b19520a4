package io.hilum.processor.model.release;

import io.hilum.contracts.event.BundlePointer;
import io.hilum.contracts.event.ModelRelease;
import io.hilum.inference.InferenceEngine;
import io.hilum.processor.model.ModelHost;
import io.hilum.processor.model.shadow.ShadowRun;
import io.hilum.processor.model.shadow.Shadows;
import java.util.stream.Stream;

/**
 * One line's engine that is warm and does not serve; in shadow it scores beside the one that does.
 *
 * <p>Threading: owned by the release thread.
 */
final class StagedEngine {

    private final String line;
    private final ModelHost host;
    private final Shadows shadows;
    private InferenceEngine engine;
    private ShadowRun shadow;

    StagedEngine(String line, ModelHost host, Shadows shadows) {
        this.line = line;
        this.host = host;
        this.shadows = shadows;
    }

    boolean holds(BundlePointer bundle) {
        return engine != null && engine.identity().bundleSha256().equals(bundle.getSha256());
    }

    /** Who computes it. */
    String engine() {
        return engine.identity().engine();
    }

    void put(InferenceEngine loaded) {
        drop();
        engine = loaded;
    }

    /** Gives the engine away, to serve. */
    InferenceEngine take() {
        endShadow();
        InferenceEngine taken = engine;
        engine = null;
        return taken;
    }

    void drop() {
        endShadow();
        if (engine != null) {
            engine.close();
            engine = null;
        }
    }

    void dropUnlessIn(ModelRelease release) {
        if (Stream.of(release.getActive(), release.getStaged(), release.getFallback()).noneMatch(this::holds)) {
            drop();
        }
    }

    /** Scores in shadow, or does so no more, as the release says. */
    void shadow(ModelRelease release) {
        boolean wanted = release.getShadow() && holds(release.getStaged()) && host.serving(line).isPresent();
        if (!wanted) {
            endShadow();
        } else if (shadow == null) {
            shadow = shadows.begin(engine, release.getGeneration(), () -> host.isBehind(line));
            host.shadow(line, shadow);
        }
    }

    private void endShadow() {
        if (shadow != null) {
            host.shadow(line, null);
            shadow.close();
            shadow = null;
        }
    }
}
