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

    /** Why nothing faster was chosen here, a sentence each: for the log and for administrators. */
    default List<String> remarks() {
        return List.of();
    }

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

    /**
     * Computes a blank image with a heat map, which every sound engine can: tells a broken engine from a bad image.
     *
     * @throws RuntimeException or an {@link Error} when the engine is broken
     */
    default void computeSoundInput() {
        ModelCard card = card();
        infer(List.of(InferenceRequest.withMaps(new byte[card.inputSize() * card.inputSize()], 1, false)));
    }

    @Override
    void close();
}
