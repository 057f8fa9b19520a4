package io.hilum.inference;

import io.hilum.model.bundle.Precision;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * The two networks that one engine in ONNX Runtime runs.
 *
 * @param scores bytes of the network without heat maps
 * @param maps bytes of the network with them
 * @param constants folder that holds the constants they refer to; absent where they hold them themselves
 */
public record RuntimeNetworks(byte[] scores, byte[] maps, Precision precision, Optional<Path> constants) {
    public RuntimeNetworks {
        Objects.requireNonNull(scores, "scores");
        Objects.requireNonNull(maps, "maps");
        Objects.requireNonNull(precision, "precision");
        Objects.requireNonNull(constants, "constants");
    }
}
