package io.hilum.trainer.net;

import static io.hilum.trainer.net.Golden.assertNear;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.hilum.model.Architecture;
import io.hilum.model.weights.ReferenceWeights.FinalNorm;
import java.io.IOException;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

/** The forward pass against the public reference implementation. */
class ForwardParityTest {
    @Test
    void noLayerDriftsFromTheReference() throws IOException {
        Golden golden = Golden.of("forward_ti");
        try (NDManager root = Torch.start(2);
                Network net = new Network(root, Architecture.EVA_X_TI, Golden.tiny(FinalNorm.KEEP), 224, Architecture.MEAN, Architecture.STD);
                NDManager scope = root.newSubManager()) {
            NDArray x = scope.create(FloatBuffer.wrap(golden.floats("input")), new Shape(2, 3, 224, 224));
            NDList probes = net.module(EvaXScript.PROBES).run(x, net.rope(), net.weights());
            assertNear(golden.floats("block0_output_full_image0"), probes.get(1).get(0).toFloatArray(), 1e-4, "block 0");
            assertNear(golden.floats("block11_output_full_image0"), probes.get(12).get(0).toFloatArray(), 1e-4, "block 11");
            assertNear(golden.floats("pooled_mean_of_patch_tokens"), probes.get(13).toFloatArray(), 2e-5, "pooled");
            assertNear(golden.floats("features_fc_norm"), probes.get(14).toFloatArray(), 2e-5, "features");
            assertNear(golden.floats("logits"), probes.get(15).toFloatArray(), 2e-5, "logits");
        }
    }

    @Test
    void aFreshFinalNormGivesTheFineTuningLoadersLogits() throws IOException {
        Golden golden = Golden.of("forward_ti");
        try (NDManager root = Torch.start(2);
                Network net = new Network(root, Architecture.EVA_X_TI, Golden.tiny(FinalNorm.FRESH), 224, Architecture.MEAN, Architecture.STD);
                NDManager scope = root.newSubManager()) {
            NDArray x = scope.create(FloatBuffer.wrap(golden.floats("input")), new Shape(2, 3, 224, 224));
            NDList out = net.module(EvaXScript.LOGITS).run(x, net.rope(), net.weights());
            assertNear(golden.floats("logits_fc_norm_fresh"), out.head().toFloatArray(), 2e-5, "logits");
        }
    }

    @Test
    void theHeatMapIsTheReferencesGradCam() throws IOException {
        Golden golden = Golden.of("grad_cam");
        float[] expected = golden.floats("raw_cam_14x14");
        int[] classes = {0, 1, 7, 4};
        try (NDManager root = Torch.start(2);
                Network net = new Network(root, Architecture.EVA_X_TI, Golden.tiny(FinalNorm.KEEP), 224, Architecture.MEAN, Architecture.STD);
                NDManager scope = root.newSubManager()) {
            NDArray x = scope.create(FloatBuffer.wrap(Golden.of("forward_ti").floats("input")), new Shape(2, 3, 224, 224));
            float[] maps = net.module(EvaXScript.CAM).run(x, net.rope(), net.weights()).get(1).toFloatArray();
            for (int image = 0; image < 2; image++) {
                for (int c = 0; c < classes.length; c++) {
                    float[] want = java.util.Arrays.copyOfRange(expected, (image * 4 + c) * 196, (image * 4 + c + 1) * 196);
                    float[] got = java.util.Arrays.copyOfRange(maps, (image * 14 + classes[c]) * 196, (image * 14 + classes[c] + 1) * 196);
                    double peak = 0;
                    for (float v : want) {
                        peak = Math.max(peak, Math.abs(v));
                    }
                    assertNear(want, got, 1e-4 * peak, "map of class " + classes[c]);
                }
            }
        }
    }
}
