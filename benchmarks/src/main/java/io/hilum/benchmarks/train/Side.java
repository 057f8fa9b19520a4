package io.hilum.benchmarks.train;

import java.io.IOException;
import java.util.List;

/** One of the two that are compared. It waits, without using the processor, while the other one runs. */
interface Side {
    /** What both sides must agree on: logits of the given images, and the losses of the first three training steps. */
    record Check(List<Double> logits, List<Double> losses) {}

    Check check() throws IOException;

    /** {@code calls} training steps, or forward passes, of {@code batch} images. */
    Round round(Work work, int batch, int calls) throws IOException;

    /** What is timed. */
    enum Work {
        /** Forward, loss, gradients and AdamW. */
        TRAIN,
        /** Logits without gradients. */
        FORWARD
    }
}
