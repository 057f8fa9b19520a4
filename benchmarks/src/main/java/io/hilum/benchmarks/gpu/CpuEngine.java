package io.hilum.benchmarks.gpu;

import io.hilum.exporter.onnx.EvaXGraph;
import io.hilum.inference.BundleRefusedException;
import io.hilum.inference.EngineFactory;
import io.hilum.inference.EngineOptions;
import io.hilum.inference.InferenceEngine;
import io.hilum.model.card.ModelCard;
import io.hilum.model.weights.Tensor;
import java.io.IOException;
import java.util.Map;

/** A network of given weights in ONNX Runtime on this machine's processor: makes the reference, and rehearses the check. */
final class CpuEngine {
    private CpuEngine() {}

    static InferenceEngine open(ModelCard card, Map<String, Tensor> weights) throws IOException {
        try {
            return EngineFactory.openUnproven(EvaXGraph.of(card, weights).toByteArray(), card, EngineOptions.defaults());
        } catch (BundleRefusedException refused) {
            throw new IOException(refused.getMessage(), refused);
        }
    }
}
