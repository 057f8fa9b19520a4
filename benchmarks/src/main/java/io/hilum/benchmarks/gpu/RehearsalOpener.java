package io.hilum.benchmarks.gpu;

import io.hilum.model.bundle.Precision;
import java.io.IOException;
import java.util.Map;

/** ONNX Runtime on the processor in the place of TensorRT: everything but the GPU can be tried with it. */
final class RehearsalOpener implements EngineOpener {

    @Override
    public Map<String, String> versions() {
        return Map.of();
    }

    @Override
    public Opened open(GpuModel model, Precision precision, int maxBatch, Deadline deadline) throws IOException {
        if (precision != Precision.FP32) {
            throw new IOException("The rehearsal computes in fp32 only, not in " + precision.id() + ".");
        }
        return new Opened(CpuEngine.open(model.card(), model.tensors()), null);
    }
}
