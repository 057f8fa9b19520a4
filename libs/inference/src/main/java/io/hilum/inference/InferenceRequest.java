package io.hilum.inference;

import java.util.Arrays;
import java.util.Objects;

/**
 * One image to score.
 *
 * <p>The arrays are not copied: the caller hands them over and does not write to them again.
 *
 * @param input grey input of the model, uint8, row by row, {@code inputSize * inputSize} bytes, as
 *     {@code CanvasToInput} makes it
 * @param mapLabels for which labels a heat map is wanted, as indices into the bundle's labels;
 *     {@link #MOST_RELEVANT} at place j stands for the label with the j-th largest margin over its
 *     operating point; empty: no maps
 * @param everyPositive maps also of all labels at or above their operating point that {@code mapLabels} left out,
 *     at the price of a second pass over the image
 * @param urgent overtakes routine requests
 * @param since when the work began that waits for this image, on any clock that all callers share: among requests of one
 *     urgency the earliest goes first, so that work that was begun is finished before other work is; equal ones go as they come
 */
public record InferenceRequest(byte[] input, int[] mapLabels, boolean everyPositive, boolean urgent, long since) {

    /** In {@link #mapLabels}: let the engine choose by margin over the operating point. */
    public static final int MOST_RELEVANT = -1;

    /** What a request costs beside its pixels: object headers, future, queue entry. */
    private static final int OVERHEAD_BYTES = 256;

    public InferenceRequest {
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(mapLabels, "mapLabels");
        for (int label : mapLabels) {
            if (label < MOST_RELEVANT) {
                throw new IllegalArgumentException("Label index " + label + " does not exist.");
            }
        }
    }

    /** Maps of just the labels named. */
    public InferenceRequest(byte[] input, int[] mapLabels, boolean urgent) {
        this(input, mapLabels, false, urgent, 0);
    }

    /** Scores only. */
    public static InferenceRequest scores(byte[] input, boolean urgent) {
        return new InferenceRequest(input, new int[0], urgent);
    }

    /** Scores, and heat maps of the {@code maps} labels with the largest margin over their operating point. */
    public static InferenceRequest withMaps(byte[] input, int maps, boolean urgent) {
        return new InferenceRequest(input, mostRelevant(maps), false, urgent, 0);
    }

    /** As {@link #withMaps}, and heat maps of all further labels that are positive. */
    public static InferenceRequest withAllPositives(byte[] input, int maps, boolean urgent) {
        return new InferenceRequest(input, mostRelevant(maps), true, urgent, 0);
    }

    /** The same, for work that began then. */
    public InferenceRequest since(long began) {
        return new InferenceRequest(input, mapLabels, everyPositive, urgent, began);
    }

    private static int[] mostRelevant(int maps) {
        int[] labels = new int[maps];
        Arrays.fill(labels, MOST_RELEVANT);
        return labels;
    }

    /** How much memory the request holds while it waits, in bytes. */
    public long bytes() {
        return (long) input.length + OVERHEAD_BYTES;
    }
}
