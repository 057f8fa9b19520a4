package io.hilum.inference;

import io.hilum.model.bundle.Bundle;
import io.hilum.model.bundle.SelfTest;
import io.hilum.model.card.ModelCard;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Opens bundles: verifies them, chooses the engine, and proves it on the actual machine.
 *
 * <p>Loading takes a second or two of computing: do it off the threads that serve.
 */
public final class EngineFactory {

    private EngineFactory() {}

    /** {@link #load(Path, Optional, EngineOptions)} without an expected hash. */
    public static InferenceEngine load(Path bundle, EngineOptions options) throws BundleRefusedException {
        return load(bundle, Optional.empty(), options);
    }

    /**
     * Loads a bundle that is known by its hash, and proves it.
     *
     * @param bundle the bundle's folder
     * @param sha256 SHA-256 of {@code bundle.json}, lower-case hex, as a release names it
     * @throws BundleRefusedException when the bundle is not the one that was released, is damaged, does not
     *     fit together, or computes other numbers here than where it was made
     */
    public static InferenceEngine load(Path bundle, Optional<String> sha256, EngineOptions options)
            throws BundleRefusedException {
        try {
            Bundle opened = Bundle.open(bundle, sha256);
            opened.verify();
            byte[] network = opened.read(opened.manifest().modelFile());
            SelfTest test = opened.selfTest();
            return prove(OnnxRuntimeEngine.open(network, opened.manifest().card(), opened.sha256(), options), test, bundle);
        } catch (IOException damaged) {
            throw new BundleRefusedException(damaged.getMessage(), damaged);
        } catch (LinkageError missing) {
            throw new BundleRefusedException("ONNX Runtime's native library does not load on this machine, so no bundle "
                    + "can serve here: " + missing.getMessage(), missing);
        }
    }

    /**
     * Opens a network that is not yet in a bundle: for who proves it and then makes the bundle.
     *
     * @throws BundleRefusedException when it does not load, or does not fit the card
     */
    public static InferenceEngine openUnproven(byte[] network, ModelCard card, EngineOptions options)
            throws BundleRefusedException {
        return OnnxRuntimeEngine.open(network, card, "", options);
    }

    private static InferenceEngine prove(InferenceEngine engine, SelfTest test, Path bundle) throws BundleRefusedException {
        try {
            SelfTestRun run = SelfTestRun.of(engine, test);
            if (!run.passed()) {
                throw new BundleRefusedException("The bundle at " + bundle + " fails its self-test on this machine: " + run + ".");
            }
            return engine;
        } catch (InferenceException failed) {
            engine.close();
            throw new BundleRefusedException("The bundle at " + bundle + " cannot run its self-test on this machine: "
                    + failed.getMessage(), failed);
        } catch (BundleRefusedException refused) {
            engine.close();
            throw refused;
        }
    }
}
