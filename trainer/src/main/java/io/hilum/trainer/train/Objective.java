package io.hilum.trainer.train;

import io.hilum.trainer.net.Loss;

/**
 * What a training makes smaller.
 *
 * @param smooth softens labels that stand for "uncertain"; see {@link Smoothing}
 * @param boxWeight weight of a second loss by which a head for single patches learns the lesions' places; 0 for none.
 *     Needs boxes, and films neither cropped nor mirrored
 * @param mapWeight weight of a third loss that draws the evidence which heat maps show into the boxes; 0 for none
 */
public record Objective(Loss loss, boolean smooth, double boxWeight, double mapWeight) {
    /** Multi-label, nothing else. */
    public static final Objective LABELS = new Objective(Loss.BCE, false, 0, 0);
}
