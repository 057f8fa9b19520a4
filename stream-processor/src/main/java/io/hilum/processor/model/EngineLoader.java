package io.hilum.processor.model;

import io.hilum.inference.BundleRefusedException;
import io.hilum.inference.InferenceEngine;
import java.nio.file.Path;

/** Opens a bundle, verifies it, and proves it on this machine; in service {@code EngineFactory.load}. */
@FunctionalInterface
public interface EngineLoader {

    /**
     * @param folder the bundle's folder
     * @param sha256 of its manifest, as the release names it
     */
    InferenceEngine load(Path folder, String sha256) throws BundleRefusedException;
}
