package io.hilum.model.bundle;

import java.util.Objects;

/**
 * One ONNX graph of a bundle; its constants lie in {@code constants} beside it.
 *
 * @param file a name within the bundle
 * @param maps whether it draws heat maps; without them it takes no {@link NetworkIo#CLASSES} and gives scores only
 * @param constants a safetensors file within the bundle, whose bytes the graph refers to as ONNX external data
 */
public record NetworkFile(String file, Target target, Precision precision, boolean maps, String constants) {
    public NetworkFile {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(precision, "precision");
        Objects.requireNonNull(constants, "constants");
    }
}
