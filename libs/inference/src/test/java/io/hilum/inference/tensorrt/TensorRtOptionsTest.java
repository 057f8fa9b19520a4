package io.hilum.inference.tensorrt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.model.bundle.Precision;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TensorRtOptionsTest {

    @Test
    void startsWithNoWrongValue() {
        refuses("lanes is 0; it must be 1 to 16.", () -> new TensorRtOptions(0, List.of(1), 0, true));
        refuses("lanes is 17; it must be 1 to 16.", () -> new TensorRtOptions(17, List.of(1), 0, true));
        refuses("buckets is empty; at least one batch size must be prepared.", () -> new TensorRtOptions(1, List.of(), 0, true));
        refuses("buckets is [4, 2]; batch sizes must be positive and rise.", () -> new TensorRtOptions(1, List.of(4, 2), 0, true));
        refuses("buckets is [0, 2]; batch sizes must be positive and rise.", () -> new TensorRtOptions(1, List.of(0, 2), 0, true));
        refuses("device is -1; GPUs are counted from 0.", () -> new TensorRtOptions(1, List.of(1), -1, true));
        assertEquals(128, new Buckets(TensorRtOptions.defaults().buckets()).largest());
    }

    @Test
    void buildsWithNoWrongValue() {
        PlanBuildOptions usual = PlanBuildOptions.defaults();
        refuses("timeout is PT0S; it must be positive.", () -> new PlanBuildOptions(0, Duration.ZERO, 1, 3, Optional.empty()));
        refuses("workspaceBytes is 0; it must be positive.", () -> new PlanBuildOptions(0, usual.timeout(), 0, 3, Optional.empty()));
        refuses("effort is 6; it must be 0 to 5.", () -> new PlanBuildOptions(0, usual.timeout(), 1, 6, Optional.empty()));
        refuses("device is -1; GPUs are counted from 0.", () -> new PlanBuildOptions(-1, usual.timeout(), 1, 3, Optional.empty()));
        refuses("usualBatch is 9; it must be 1 to maxBatch, 8.", () -> new PlanRequest(Path.of("m.onnx"), Precision.FP16, 0, 9, 8));
        refuses("maps is -1; a plan draws 0 or more.", () -> new PlanRequest(Path.of("m.onnx"), Precision.FP16, -1, 1, 8));
    }

    @Test
    void preparesNoBatchThatThePlanCannotCompute() {
        assertEquals(List.of(1, 4), Buckets.within(List.of(1, 4, 16), 15).sizes());
        assertEquals(List.of(3), Buckets.within(List.of(4, 16), 3).sizes());
        assertEquals(4, Buckets.within(List.of(1, 4, 16), 15).holding(2));
        assertThrows(IllegalArgumentException.class, () -> new Buckets(List.of(1, 4)).holding(5));
    }

    @Test
    void computesFp32WithoutTf32() {
        BuildOrder fp32 = BuildOrder.of(new PlanRequest(Path.of("m.onnx"), Precision.FP32, 0, 1, 8), PlanBuildOptions.defaults());
        BuildOrder fp16 = BuildOrder.of(new PlanRequest(Path.of("m.onnx"), Precision.FP16, 0, 1, 8), PlanBuildOptions.defaults());
        assertTrue(!fp32.tf32() && fp16.tf32());
    }

    private static void refuses(String sentence, Runnable made) {
        assertEquals(sentence, assertThrows(IllegalArgumentException.class, made::run).getMessage());
    }
}
