package io.hilum.model.bundle;

import java.util.Objects;

/**
 * One TensorRT plan of a bundle. A plan runs on the TensorRT version and the kind of GPU that it was built with, and
 * nowhere else, so both are its key.
 *
 * @param file a name within the bundle
 * @param maps heat maps an image, fixed at export; 0: scores only
 * @param maxBatch images a batch at most
 * @param tensorRt version that built it, such as {@code 10.15.1}
 * @param computeCapability of the GPU that it was built on, such as {@code 9.0}
 */
public record PlanFile(String file, Precision precision, int maps, int maxBatch, String tensorRt, String computeCapability) {
    public PlanFile {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(precision, "precision");
        Objects.requireNonNull(tensorRt, "tensorRt");
        Objects.requireNonNull(computeCapability, "computeCapability");
        if (maps < 0 || maxBatch < 1) {
            throw new IllegalArgumentException("The plan " + file + " has " + maps + " maps and batches of " + maxBatch
                    + "; it needs no fewer than 0 and 1.");
        }
    }
}
