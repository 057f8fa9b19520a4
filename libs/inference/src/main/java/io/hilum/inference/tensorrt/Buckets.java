package io.hilum.inference.tensorrt;

import java.util.List;

/** The batch sizes that a plan is prepared for. Immutable. */
record Buckets(List<Integer> sizes) {

    Buckets {
        sizes = List.copyOf(sizes);
    }

    /** Those sizes that the plan can compute; its own largest batch when it can compute none of them. */
    static Buckets within(List<Integer> sizes, int maxBatch) {
        List<Integer> fitting = sizes.stream().filter(size -> size <= maxBatch).toList();
        return new Buckets(fitting.isEmpty() ? List.of(maxBatch) : fitting);
    }

    int largest() {
        return sizes.get(sizes.size() - 1);
    }

    /**
     * The size to compute {@code images} in, blank images included.
     *
     * @param images 1 to {@link #largest}
     */
    int holding(int images) {
        return sizes.stream().filter(size -> size >= images).findFirst().orElseThrow(() -> new IllegalArgumentException(
                "A batch of " + images + " fits none of the prepared sizes " + sizes + "."));
    }
}
