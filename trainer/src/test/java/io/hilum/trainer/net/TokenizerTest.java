package io.hilum.trainer.net;

import static io.hilum.trainer.net.Golden.assertNear;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.hilum.model.Architecture;
import io.hilum.model.weights.Tensor;
import io.hilum.model.weights.TokenizerWeights;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The frozen teacher against the public reference implementation. */
class TokenizerTest {
    @Test
    @Tag("golden")
    void noFeatureOfTheTeacherDiffersFromTheReference() throws IOException {
        Golden golden = Golden.of("pretrain_loss");
        byte[] mask = Files.readAllBytes(golden.folder().resolve("mask.bin"));
        try (NDManager root = Torch.start(2);
                Tokenizer teacher = Tokenizer.open(root, file(), 224, Precision.FP32);
                NDManager scope = root.newSubManager()) {
            assertEquals(768, teacher.width());
            float[] all = teacher.features(input(scope)).toFloatArray();
            float[] masked = new float[118 * 768];
            for (int i = 0, to = 0; i < mask.length; i++) {
                if (mask[i] != 0) {
                    System.arraycopy(all, i * 768, masked, to++ * 768, 768);
                }
            }
            assertNear(golden.floats("teacher_patch_features_masked"), masked, 1e-4, "teacher features");
        }
    }

    @Test
    @Tag("golden")
    void theTeachersBlocksDoNotDrift() throws IOException {
        Golden golden = Golden.of("pretrain_loss");
        TokenizerWeights teacher = TokenizerWeights.read(file(), Architecture.BASE_GRID);
        assertEquals(Architecture.VIT_B, teacher.architecture());
        assertEquals(2, teacher.blocks());
        var weights = new LinkedHashMap<>(teacher.tensors());
        weights.put("head.weight", Tensor.of(new float[768], 1, 768));
        weights.put("head.bias", Tensor.of(new float[1], 1));
        try (NDManager root = Torch.start(2);
                ScriptModule probes = new ScriptModule(root, EvaXScript.PROBES, teacher.architecture(), 2, Precision.FP32, 0.5, 0.5);
                NDManager scope = root.newSubManager()) {
            var arrays = new ArrayList<NDArray>();
            weights.values().forEach(t -> arrays.add(Network.floats(scope, t.floats(), t.shape())));
            NDList out = probes.run(input(scope), Network.ropeTable(scope, 14), arrays);
            float[] expected = golden.floats("teacher_block_first8_tokens_0_1_100");
            float[] got = new float[expected.length];
            // [films, tokens, 8] of the last block, after the final norm, the class token first.
            int[] tokens = {0, 1, 100};
            for (int film = 0; film < 2; film++) {
                for (int t = 0; t < tokens.length; t++) {
                    float[] token = out.get(2).get(film).get(tokens[t]).toFloatArray();
                    System.arraycopy(norm(token, teacher), 0, got, (film * tokens.length + t) * 8, 8);
                }
            }
            assertNear(expected, got, 1e-4, "teacher blocks");
        }
    }

    private static float[] norm(float[] token, TokenizerWeights teacher) {
        double mean = 0;
        double square = 0;
        for (float v : token) {
            mean += v / (double) token.length;
            square += (double) v * v / token.length;
        }
        float[] weight = teacher.tensors().get("norm.weight").floats();
        float[] bias = teacher.tensors().get("norm.bias").floats();
        float[] out = new float[token.length];
        for (int d = 0; d < out.length; d++) {
            out[d] = (float) ((token[d] - mean) / Math.sqrt(square - mean * mean + Architecture.NORM_EPS) * weight[d] + bias[d]);
        }
        return out;
    }

    private static Path file() {
        return Golden.of("checkpoints").folder().resolve("teacher_vit_base_2blocks_random_half.ckpt");
    }

    private static NDArray input(NDManager scope) throws IOException {
        return scope.create(FloatBuffer.wrap(Golden.of("forward_ti").floats("input")), new Shape(2, 3, 224, 224));
    }
}
