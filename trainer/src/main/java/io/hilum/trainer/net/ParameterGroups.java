package io.hilum.trainer.net;

import io.hilum.model.Architecture;

/**
 * Which weights learn how fast and which decay, as the reference groups them: layer 0 is the class token, the
 * positions and the patch kernel, block i is layer i + 1, the rest layer 13; the learning rate falls by
 * {@code layerDecay} with each layer below the last. Vectors, class token and positions never decay.
 *
 * @param layerDecay 1.0 lets all layers learn alike (training from scratch); 0.55 is the published fine-tuning
 * @param weightDecay for what decays
 * @param patchFixed leaves the patch embedding as it is: rate 0, so that it does not decay either. It is the lowest layer,
 *     so this is what the reference's detached patch embedding (CheXpert Ti) comes to; only the reported gradient norm,
 *     and with it a clip, still counts its gradient
 */
public record ParameterGroups(double layerDecay, double weightDecay, boolean patchFixed) {
    private static final int LAST = Architecture.BLOCKS + 1;

    /** Every layer learns. */
    public ParameterGroups(double layerDecay, double weightDecay) {
        this(layerDecay, weightDecay, false);
    }

    /** Learning rate multiplier and weight decay of one weight. */
    public record Group(int layer, double multiplier, double weightDecay) {}

    public Group of(String name, long[] shape) {
        int layer = layer(name);
        boolean vector = shape.length == 1;
        boolean exempt = vector || name.equals("cls_token") || name.equals("pos_embed");
        boolean fixed = patchFixed && name.startsWith("patch_embed.");
        return new Group(layer, fixed ? 0 : Math.pow(layerDecay, LAST - layer), exempt ? 0 : weightDecay);
    }

    private static int layer(String name) {
        if (name.equals("cls_token") || name.equals("pos_embed") || name.startsWith("patch_embed.")) {
            return 0;
        }
        if (name.startsWith("blocks.")) {
            return Integer.parseInt(name.substring("blocks.".length(), name.indexOf('.', "blocks.".length()))) + 1;
        }
        return LAST;
    }
}
