package io.hilum.phantoms;

/**
 * A body's proportions. Lengths are fractions of the film (width for x, height for y).
 *
 * @param midline x of the spine
 * @param chestHalf half of the inner chest width at its widest
 * @param apex y of the lung apices
 * @param dome y of the right diaphragm's dome
 * @param leftDrop how much lower the left dome stands
 * @param angleDepth how far the costophrenic angle reaches below the dome
 * @param ratio cardiothoracic ratio without any lesion
 * @param heartLean how far the heart lies to the left, share of its width left of the midline, 0.6..0.75
 * @param ribSpacing distance of neighbouring ribs at the spine
 * @param ribSlope how steeply the back ribs fall
 * @param boneDensity contrast of bones, 1 = average
 * @param softTissue thickness of the chest wall, 1 = average
 * @param breast contrast of breast shadows, 0 = none
 * @param vesselDensity contrast of the lung vessels, 1 = average
 * @param seed texture and branching of this patient
 */
public record Anatomy(double midline, double chestHalf, double apex, double dome, double leftDrop, double angleDepth,
                      double ratio, double heartLean, double ribSpacing, double ribSlope, double boneDensity,
                      double softTissue, double breast, double vesselDensity, long seed) {
}
