package io.hilum.processor.model.shadow;

import io.hilum.contracts.event.ShadowScored;

/** Where comparisons go, at most once. */
@FunctionalInterface
public interface ShadowTopic {

    /** Total: what cannot be sent is dropped. May take its time; only the shadow waits. */
    void put(ShadowScored compared);
}
