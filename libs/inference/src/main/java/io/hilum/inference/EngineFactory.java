package io.hilum.inference;

import io.hilum.model.bundle.Bundle;
import io.hilum.model.card.ModelCard;
import java.io.IOException;
import java.nio.file.FileSystemException;
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
     * Loads a bundle that is known by its hash, in the fastest form that fits this machine and proves itself on it.
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
            EngineChoice choice = new EngineChoice(opened, options);
            return new AllPositives(choice.first(), choice.remarks());
        } catch (FileSystemException unreadable) {
            throw new BundleRefusedException("The bundle at " + bundle + " cannot be read: " + unreadable + ".", unreadable);
        } catch (IOException damaged) {
            throw new BundleRefusedException(damaged.getMessage(), damaged);
        } catch (RuntimeException | Error unexpected) {
            // Bundles come from elsewhere. An Error too: one that asks for more memory than there is must not end what serves.
            throw new BundleRefusedException("The bundle at " + bundle + " cannot be loaded: " + unexpected + ".", unexpected);
        }
    }

    /**
     * Opens networks that are not yet in a bundle: for who proves them and then makes the bundle.
     *
     * @throws BundleRefusedException when they do not load, or do not fit the card
     */
    public static InferenceEngine openUnproven(RuntimeNetworks networks, ModelCard card, EngineOptions options)
            throws BundleRefusedException {
        return new AllPositives(OnnxRuntimeEngine.open(networks, card, "", options));
    }
}
