package io.hilum.benchmarks.gpu;

import io.hilum.inference.InferenceEngine;
import io.hilum.model.bundle.Precision;
import java.io.IOException;
import java.util.Map;

/** Makes Hilum's engines: the seam to TensorRT, so that what measures them can be tested without a GPU. */
interface EngineOpener {

    /** Versions of what the engines need, by name. */
    Map<String, String> versions();

    /**
     * Opens an engine that gives scores, and heat maps to who asks for them. Builds its plans where none lie from before.
     *
     * @param maxBatch images a call at most
     * @param deadline building stops when it is over
     * @throws IOException when it cannot be opened, with a sentence that says why
     */
    Opened open(GpuModel model, Precision precision, int maxBatch, Deadline deadline) throws IOException;

    /**
     * An engine, owned by who opened it.
     *
     * @param bare null where there is none
     */
    record Opened(InferenceEngine engine, BareLoop bare) implements AutoCloseable {
        @Override
        public void close() {
            engine.close();
        }
    }

    /** The same plan without an engine around it: the most that it can give. */
    @FunctionalInterface
    interface BareLoop {
        /** Images a second of enqueueing one batch after another, inputs and outputs staying on the GPU. */
        double imagesPerSecond(int batch, int maps, double seconds);
    }
}
