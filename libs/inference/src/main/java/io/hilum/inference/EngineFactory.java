package io.hilum.inference;

import java.nio.file.Path;
import java.util.Optional;

/** Opens bundles: verifies them, chooses the engine, and proves it on the actual machine. */
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
        throw new BundleRefusedException("No engine is built yet for " + bundle + ".");
    }
}
