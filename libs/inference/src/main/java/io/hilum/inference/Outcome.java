package io.hilum.inference;

/** What became of an image: a result, or else a failure. */
record Outcome(Waiting waiting, InferenceResult result, Throwable failure) {

    static Outcome of(Waiting waiting, InferenceResult result) {
        return new Outcome(waiting, result, null);
    }

    static Outcome failed(Waiting waiting, Throwable failure) {
        return new Outcome(waiting, null, failure);
    }

    /** Dependents run on the calling thread. */
    void complete() {
        if (failure == null) {
            waiting.future().complete(result);
        } else {
            waiting.future().completeExceptionally(failure);
        }
    }
}
