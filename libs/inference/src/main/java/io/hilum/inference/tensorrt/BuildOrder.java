package io.hilum.inference.tensorrt;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hilum.model.bundle.Precision;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What the parent tells the builder's process, as a file in the folder that both share.
 *
 * @param onnx absolute path
 * @param timingCache absolute path, empty when there is none
 */
record BuildOrder(String onnx, boolean tf32, int maps, int usualBatch, int maxBatch, int device, long workspaceBytes,
        int effort, String timingCache) {

    private static final String FILE = "order.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    static BuildOrder of(PlanRequest request, PlanBuildOptions options) {
        // TF32 has the fraction of fp16: where the graph is half precision anyway it costs nothing, in fp32 it would
        // make the plan something else than it says.
        boolean tf32 = request.precision() != Precision.FP32;
        return new BuildOrder(request.onnx().toAbsolutePath().toString(), tf32, request.maps(), request.usualBatch(),
                request.maxBatch(), options.device(), options.workspaceBytes(), options.effort(),
                options.timingCache().map(cache -> cache.toAbsolutePath().toString()).orElse(""));
    }

    static BuildOrder read(Path folder) throws IOException {
        return JSON.readValue(folder.resolve(FILE).toFile(), BuildOrder.class);
    }

    void write(Path folder) throws IOException {
        JSON.writeValue(folder.resolve(FILE).toFile(), this);
    }
}
