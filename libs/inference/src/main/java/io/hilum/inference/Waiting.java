package io.hilum.inference;

import java.util.concurrent.CompletableFuture;

/** A request on its way through the batcher. {@code submittedNanos} is on the clock of {@link System#nanoTime}. */
record Waiting(InferenceRequest request, CompletableFuture<InferenceResult> future, long submittedNanos) {

    boolean urgent() {
        return request.urgent();
    }

    long bytes() {
        return request.bytes();
    }
}
