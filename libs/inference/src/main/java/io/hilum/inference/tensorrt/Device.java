package io.hilum.inference.tensorrt;

import java.nio.file.Path;

/**
 * A GPU: the seam between batching, which is plain Java and tested without one, and JavaCPP.
 *
 * <p>Threading: stateless to its callers; any thread.
 */
interface Device {

    /**
     * Brings a plan into the GPU's memory.
     *
     * @param file a plan built for this GPU and TensorRT version, already checked by {@link PlanHeader}
     * @param shape what its inputs and outputs must be
     * @param buckets the batch sizes that its lanes will be asked for
     * @throws io.hilum.inference.InferenceException when TensorRT refuses it, or its tensors are others
     */
    Plan load(Path file, PlanShape shape, Buckets buckets);
}
