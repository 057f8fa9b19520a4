package io.hilum.inference.tensorrt;

import io.hilum.model.bundle.Precision;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A plan to build.
 *
 * @param onnx a graph for TensorRT; its constants lie beside it as the graph says (ONNX external data)
 * @param precision what the graph computes in, for the plan's name: a strongly typed network takes its types from the graph
 * @param maps heat maps an image that the graph draws; 0: scores only
 * @param usualBatch the batch size that kernels are chosen for. Far from what is served: slower than need be
 * @param maxBatch the largest batch that the plan will take. Larger: more scratch memory a lane
 */
public record PlanRequest(Path onnx, Precision precision, int maps, int usualBatch, int maxBatch) {

    public PlanRequest {
        Objects.requireNonNull(onnx, "onnx");
        Objects.requireNonNull(precision, "precision");
        require(maps >= 0, "maps is " + maps + "; a plan draws 0 or more.");
        require(usualBatch >= 1 && usualBatch <= maxBatch, "usualBatch is " + usualBatch + "; it must be 1 to maxBatch, "
                + maxBatch + ".");
    }

    /** Such as {@code maps5-fp16}. */
    String kind() {
        return (maps == 0 ? "plain" : "maps" + maps) + "-" + precision.id();
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
