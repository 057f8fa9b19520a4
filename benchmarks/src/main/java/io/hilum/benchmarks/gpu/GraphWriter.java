package io.hilum.benchmarks.gpu;

import io.hilum.model.bundle.Precision;
import java.io.IOException;
import java.nio.file.Path;

/** Writes a model's graph for TensorRT: the seam to the exporter. */
@FunctionalInterface
interface GraphWriter {

    /**
     * @param maps heat maps an image, fixed in the graph; 0: scores only
     * @param folder empty; gets the graph and what it refers to
     * @return the graph, an {@code .onnx} file with its constants beside it
     * @throws IOException when it cannot be written, or the exporter does not write it in this precision
     */
    Path write(GpuModel model, Precision precision, int maps, Path folder) throws IOException;
}
