package io.hilum.trainer.net;

import static io.hilum.trainer.net.Golden.assertNear;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.hilum.model.Architecture;
import io.hilum.model.weights.PtCheckpoint;
import io.hilum.model.weights.ReferenceWeights;
import io.hilum.model.weights.ReferenceWeights.FinalNorm;
import io.hilum.model.weights.Tensor;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The forward pass against the public reference implementation. */
class ForwardParityTest {
    @Tag("golden")
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
            // The reference's value is that before positions are added.
            NDArray patches = probes.get(0).sub(net.weights().get(1)).get(":, 1:");
            assertNear(golden.floats("patch_embed_first8_tokens_0_1_100"), firsts(patches), 1e-4, "embedding");
            float[] firsts = golden.floats("block_first8_tokens_0_1_100");
            double[] spread = golden.doubles("block_mean_std");
            for (int block = 0; block < Architecture.BLOCKS; block++) {
                NDArray tokens = probes.get(1 + block);
                assertNear(Arrays.copyOfRange(firsts, block * 48, block * 48 + 48), firsts(tokens), 1e-4, "tokens of block " + block);
                assertArrayEquals(Arrays.copyOfRange(spread, block * 4, block * 4 + 4), meanAndDeviation(tokens), 1e-4, "spread of block " + block);
            }
            assertNear(golden.floats("pooled_mean_of_patch_tokens"), probes.get(13).toFloatArray(), 2e-5, "pooled");
            assertNear(golden.floats("features_fc_norm"), probes.get(14).toFloatArray(), 2e-5, "features");
            assertNear(golden.floats("logits"), probes.get(15).toFloatArray(), 2e-5, "logits");
        }
    }

    @Tag("golden")
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

    @Tag("golden")
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
                    float[] want = Arrays.copyOfRange(expected, (image * 4 + c) * 196, (image * 4 + c + 1) * 196);
                    float[] got = Arrays.copyOfRange(maps, (image * 14 + classes[c]) * 196, (image * 14 + classes[c] + 1) * 196);
                    double peak = 0;
                    for (float v : want) {
                        peak = Math.max(peak, Math.abs(v));
                    }
                    assertNear(want, got, 1e-4 * peak, "map of class " + classes[c]);
                }
            }
        }
    }

    /** At 512 pixels: positions resized bicubically, rotary positions squeezed into the range of pre-training. */
    @Tag("golden")
    @Test
    void aLargerInputGivesTheReferencesFeatures() throws IOException {
        Golden golden = Golden.of("interpolation");
        var state = PtCheckpoint.read(Golden.of("checkpoints").folder().resolve("eva_x_tiny_patch16_random_mim.pt"));
        var weights = new LinkedHashMap<>(Initialisation.draw(Architecture.EVA_X_TI, 32, 1, 0));
        weights.putAll(ReferenceWeights.body(state, Architecture.EVA_X_TI, 32, FinalNorm.KEEP));
        float[] x = new float[3 * 512 * 512];
        for (int c = 0, at = 0; c < 3; c++) {
            for (int i = 0; i < 512; i++) {
                for (int j = 0; j < 512; j++) {
                    x[at++] = (float) (Math.sin(0.05 * i + c) * Math.cos(0.03 * j - 0.5 * c) + 0.3 * Math.sin(0.21 * i + 0.17 * j));
                }
            }
        }
        try (NDManager root = Torch.start(2);
                Network net = new Network(root, Architecture.EVA_X_TI, weights, 512, Architecture.MEAN, Architecture.STD);
                NDManager scope = root.newSubManager()) {
            NDList probes = net.module(EvaXScript.PROBES).run(scope.create(FloatBuffer.wrap(x), new Shape(1, 3, 512, 512)), net.rope(), net.weights());
            // [1, 1 + 1024, 192] -> the first 8 channels as planes of 32 x 32.
            float[] planes = probes.get(12).get("0, 1:, :8").transpose(1, 0).toFloatArray();
            assertNear(golden.floats("features_512_block11_chw_first8_channels"), planes, 1e-4, "features at 512");
        }
    }

    /**
     * The network's outputs cannot tell eps 1e-6 from 1e-5; rows of small variance can. One patch, a patch kernel of
     * zeros and blocks that add nothing: then the pooled token is its learned position, and the features its norm.
     */
    @Tag("golden")
    @Test
    void rowsOfSmallVarianceAreNotFlattenedByAWrongEpsilon() throws IOException {
        Golden golden = Golden.of("layer_norm");
        float[] rows = golden.floats("input");
        float[] expected = golden.floats("output_eps_1e-6");
        var weights = new LinkedHashMap<>(Initialisation.draw(Architecture.EVA_X_TI, 1, 1, 0));
        weights.replaceAll((name, tensor) -> name.startsWith("patch_embed") || name.contains("attn.proj") || name.contains("mlp.w3")
            ? Tensor.of(new float[(int) tensor.size()], tensor.shape()) : tensor);
        weights.put("fc_norm.weight", Tensor.of(golden.floats("weight"), 192));
        weights.put("fc_norm.bias", Tensor.of(golden.floats("bias"), 192));
        try (NDManager root = Torch.start(2)) {
            for (int r = 0; r < 4; r++) {
                float[] positions = new float[2 * 192];
                System.arraycopy(rows, r * 192, positions, 192, 192);
                weights.put("pos_embed", Tensor.of(positions, 1, 2, 192));
                try (Network net = new Network(root, Architecture.EVA_X_TI, weights, 16, Architecture.MEAN, Architecture.STD);
                        NDManager scope = root.newSubManager()) {
                    NDList probes = net.module(EvaXScript.PROBES).run(scope.zeros(new Shape(1, 3, 16, 16)), net.rope(), net.weights());
                    assertNear(Arrays.copyOfRange(expected, r * 192, (r + 1) * 192), probes.get(14).toFloatArray(), 2e-5, "row " + r);
                }
            }
        }
    }

    /** The first 8 values of tokens 0, 1 and 100 of both films: [2, 3, 8]. */
    private static float[] firsts(NDArray tokens) {
        int[] chosen = {0, 1, 100};
        float[] out = new float[48];
        for (int film = 0; film < 2; film++) {
            for (int t = 0; t < chosen.length; t++) {
                System.arraycopy(tokens.get(film).get(chosen[t]).toFloatArray(), 0, out, (film * chosen.length + t) * 8, 8);
            }
        }
        return out;
    }

    /** Of each film's tokens together: [2, 2]. */
    private static double[] meanAndDeviation(NDArray tokens) {
        double[] out = new double[4];
        for (int film = 0; film < 2; film++) {
            float[] values = tokens.get(film).toFloatArray();
            double sum = 0;
            double square = 0;
            for (float v : values) {
                sum += v;
                square += (double) v * v;
            }
            double mean = sum / values.length;
            out[2 * film] = mean;
            out[2 * film + 1] = Math.sqrt(square / values.length - mean * mean);
        }
        return out;
    }
}
