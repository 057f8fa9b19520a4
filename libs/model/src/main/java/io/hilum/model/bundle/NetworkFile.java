package io.hilum.model.bundle;

import java.util.Objects;

/**
 * One ONNX graph of a bundle; its constants lie in {@code constants} beside it.
 *
 * @param file a name within the bundle
 * @param maps heat maps an image: {@link #NONE} (it takes no {@link NetworkIo#CLASSES} and gives scores only), {@link #ANY}
 *     (as many as a run asks for), or fixed
 * @param constants a safetensors file within the bundle, whose bytes the graph refers to as ONNX external data
 */
public record NetworkFile(String file, Target target, Precision precision, int maps, String constants) {

    /** Scores only. */
    public static final int NONE = 0;
    /** As many maps as a run asks for. */
    public static final int ANY = -1;

    public NetworkFile {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(precision, "precision");
        Objects.requireNonNull(constants, "constants");
    }
}
