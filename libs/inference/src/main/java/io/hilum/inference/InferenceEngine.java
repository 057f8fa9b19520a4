package io.hilum.inference;

import io.hilum.model.card.ModelCard;
import java.util.List;

/**
 * One loaded bundle: batches in, results out.
 *
 * <p>Threading: {@link #infer} may be called by several threads at once; {@link #close} only when no call
 * is under way and none will follow.
 */
public interface InferenceEngine extends AutoCloseable {

    /** What is loaded: travels with every result. */
    EngineIdentity identity();

    /** The model's own description: labels with calibration and operating points, geometry, input size. */
    ModelCard card();

    /**
     * Scores a batch.
     *
     * <p>A request's result does not depend on the other requests of the batch.
     *
     * @param batch at least one request, each of {@code inputSize * inputSize} bytes
     * @return one result a request, in the same order; {@link StageTimes#queueNanos} is zero
     * @throws InferenceException when the batch cannot be computed; nothing is known about single requests then
     */
    List<InferenceResult> infer(List<InferenceRequest> batch);

    @Override
    void close();
}
