package io.hilum.processor.model.shadow;

import io.hilum.inference.BatcherOptions;
import io.hilum.inference.InferenceEngine;
import java.util.function.BooleanSupplier;

/** Begins shadows. Threading: immutable, free to share. */
public final class Shadows {

    private final BatcherOptions options;
    private final ShadowTopic topic;
    private final ShadowMeters meters;

    /** @param serving how the models that serve are batched; a shadow does the same, one batch at a time */
    public Shadows(BatcherOptions serving, ShadowTopic topic, ShadowMeters meters) {
        this.options = new BatcherOptions(serving.maxBatch(), serving.maxDelay(), serving.maxQueued(), serving.maxQueuedBytes(),
                serving.routineShare(), 1, serving.preferredSizes());
        this.topic = topic;
        this.meters = meters;
    }

    /**
     * @param candidate stays the caller's, who closes it after the shadow
     * @param generation of the release that staged it
     * @param servingIsBehind whether the model that serves has more to do than its next batch takes
     */
    public ShadowRun begin(InferenceEngine candidate, long generation, BooleanSupplier servingIsBehind) {
        return new ShadowRun(candidate, generation, servingIsBehind, options, topic, meters.of(candidate.identity()));
    }
}
