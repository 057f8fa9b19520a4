package io.hilum.benchmarks.gpu;

import io.hilum.exporter.onnx.ConstantFile;
import io.hilum.exporter.onnx.EvaXGraph;
import io.hilum.exporter.onnx.NetworkForm;
import io.hilum.model.bundle.Bundle;
import io.hilum.model.bundle.Precision;
import io.hilum.model.bundle.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Graphs as the exporter writes them for TensorRT. */
final class ExportedGraphs implements GraphWriter {

    @Override
    public Path write(GpuModel model, Precision precision, int maps, Path folder) throws IOException {
        try {
            NetworkForm form = new NetworkForm(Target.TENSORRT, precision, maps);
            ConstantFile.write(folder, Bundle.CONSTANTS, Map.of(form.file(), EvaXGraph.of(model.card(), model.tensors(), form)));
            return folder.resolve(form.file());
        } catch (IllegalArgumentException refused) {
            throw new IOException("The exporter writes no graph of " + model.architecture().id() + ": " + refused.getMessage(), refused);
        }
    }
}
