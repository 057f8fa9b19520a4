package io.hilum.model.metric;

/**
 * How far masks agree. Areas are summed over the whole data set first and divided then, so a large structure counts
 * more than a small one (reference section 5).
 *
 * @param intersection pixels that are in both
 * @param predicted pixels of the prediction
 * @param truth pixels of the truth
 */
public record MaskOverlap(long intersection, long predicted, long truth) {
    /**
     * @param predicted class of each pixel
     * @param truth class of each pixel, of the same length
     * @param of the class that is measured
     */
    public static MaskOverlap of(byte[] predicted, byte[] truth, int of) {
        if (predicted.length != truth.length) {
            throw new IllegalArgumentException("Masks of %d and %d pixels cannot be compared.".formatted(predicted.length, truth.length));
        }
        long both = 0;
        long inPredicted = 0;
        long inTruth = 0;
        for (int i = 0; i < truth.length; i++) {
            boolean p = (predicted[i] & 0xff) == of;
            boolean t = (truth[i] & 0xff) == of;
            both += p && t ? 1 : 0;
            inPredicted += p ? 1 : 0;
            inTruth += t ? 1 : 0;
        }
        return new MaskOverlap(both, inPredicted, inTruth);
    }

    /** Both data sets together. */
    public MaskOverlap plus(MaskOverlap other) {
        return new MaskOverlap(intersection + other.intersection, predicted + other.predicted, truth + other.truth);
    }

    /** Intersection over union; NaN when both masks are empty. */
    public double iou() {
        return (double) intersection / (predicted + truth - intersection);
    }

    /** Twice the intersection over the sum of both areas; NaN when both masks are empty. */
    public double dice() {
        return 2.0 * intersection / (predicted + truth);
    }
}
