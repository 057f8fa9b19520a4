package io.hilum.trainer.net;

import static io.hilum.trainer.net.Golden.assertNear;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.hilum.model.Architecture;
import io.hilum.model.weights.PtCheckpoint;
import io.hilum.model.weights.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The masked loss, its gradients and what it may see. */
class PretrainParityTest {
    private static final int WIDTH = 768;

    @Test
    @Tag("golden")
    void theReferencesMaskHidesThreeTenths() throws IOException {
        byte[] mask = mask();
        for (int image = 0; image < 2; image++) {
            int hidden = 0;
            for (int i = 0; i < 196; i++) {
                hidden += mask[image * 196 + i];
            }
            assertEquals(59, hidden);
        }
    }

    @Test
    @Tag("golden")
    void noGuessAndNoCosineDiffersFromTheReference() throws IOException {
        Golden golden = Golden.of("pretrain_loss");
        try (NDManager root = Torch.start(2); Network student = student(root); NDManager scope = root.newSubManager();
                NDList out = probes(student, scope, false)) {
            assertNear(golden.floats("student_predictions_masked"), out.get(1).toFloatArray(), 2e-5, "guesses");
            float[] teacher = out.get(2).toFloatArray();
            assertNear(golden.floats("teacher_patch_features_masked"), teacher, 0, "teacher's features of the masked patches");
            float[] guess = out.get(1).toFloatArray();
            float[] cosine = new float[guess.length / WIDTH];
            for (int t = 0; t < cosine.length; t++) {
                cosine[t] = (float) cosine(guess, teacher, t * WIDTH);
            }
            assertNear(golden.floats("cosine_per_token"), cosine, 1e-5, "cosines");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Tag("golden")
    void noLossAndNoGradientDiffersFromTheReference(boolean gentle) throws IOException {
        Golden golden = Golden.of("pretrain_loss");
        var expected = golden.json("expected.json").get("stop_grad_conv1_" + gentle);
        try (NDManager root = Torch.start(2); Network student = student(root); NDManager scope = root.newSubManager();
                NDList out = probes(student, scope, gentle)) {
            assertEquals(expected.get("loss").asDouble(), out.get(0).getFloat(), 1e-5);
            assertEquals(expected.get("grad_l2").size(), student.names().size(), "gradients");
            for (int i = 0; i < student.names().size(); i++) {
                String name = student.names().get(i);
                double want = expected.get("grad_l2").get(name).asDouble();
                assertEquals(want, out.get(3 + i).norm().getFloat(), 1e-4 * want + 1e-9, name);
            }
        }
    }

    @Test
    @Tag("golden")
    void noGradientPointsElsewhereThanTheReferences() throws IOException {
        Golden golden = Golden.of("pretrain_loss");
        try (NDManager root = Torch.start(2); Network student = student(root); NDManager scope = root.newSubManager();
                NDList out = probes(student, scope, false)) {
            for (String name : new String[] {"patch_embed.proj.weight", "mask_token", "pos_embed", "blocks.0.attn.qkv.weight",
                "blocks.11.mlp.w3.weight", "norm.weight", "lm_head.weight"}) {
                float[] want = golden.floats("grad_first16." + name);
                double scale = 0;
                for (float v : want) {
                    scale = Math.max(scale, Math.abs(v));
                }
                float[] got = Arrays.copyOf(out.get(3 + student.names().indexOf(name)).toFloatArray(), 16);
                assertNear(want, got, 1e-4 * scale + 1e-9, "gradient of " + name);
            }
        }
    }

    /** From the teacher's file to the loss: nothing of the way is taken from the reference but the films and the mask. */
    @Test
    @Tag("golden")
    void theFrozenTeacherDoesNotLeadElsewhere() throws IOException {
        double expected = Golden.of("pretrain_loss").json("expected.json").get("stop_grad_conv1_false").get("loss").asDouble();
        var file = Golden.of("checkpoints").folder().resolve("teacher_vit_base_2blocks_random_half.ckpt");
        try (NDManager root = Torch.start(2); Network student = student(root); NDManager scope = root.newSubManager();
                Tokenizer teacher = Tokenizer.open(root, file, 224, Precision.FP32)) {
            NDArray x = input(scope);
            try (NDList out = run(student, scope, x, mask(), teacher.features(x), false)) {
                assertEquals(expected, out.get(0).getFloat(), 1e-5);
            }
        }
    }

    /** A batch in two passes must step as the whole batch does. */
    @Test
    void twoPassesDoNotStepElsewhereThanOne() {
        try (NDManager root = Torch.start(2)) {
            byte[] films = new byte[4 * 32 * 32];
            new java.util.Random(2).nextBytes(films);
            byte[] masks = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1};
            float[][] weights = new float[2][];
            float[] losses = new float[2];
            for (int k = 0; k < 2; k++) {
                try (Network student = Network.student(root, Architecture.EVA_X_TI, Initialisation.masked(Architecture.EVA_X_TI, 2, 256, 5), 32,
                        Architecture.MEAN, Architecture.STD);
                        PretrainStep step = new PretrainStep(student, null, new AdamW(0.9, 0.98, 1e-6, 3, 0, new ParameterGroups(1, 0.05)),
                            Precision.FP32, true, k + 1)) {
                    step.run(ByteBuffer.wrap(films), masks, 1e-3);
                    losses[k] = step.run(ByteBuffer.wrap(films), masks, 1e-3).loss();
                    weights[k] = step.result().get("blocks.5.mlp.w3.weight").floats();
                }
            }
            assertEquals(losses[0], losses[1], 1e-4);
            assertNear(weights[0], weights[1], 1e-4, "weights after two steps in one pass or two");
        }
    }

    @Test
    void aTeacherOfAnotherWidthIsRefused() throws IOException {
        var file = Golden.of("checkpoints").folder().resolve("teacher_vit_base_2blocks_random_half.ckpt");
        try (NDManager root = Torch.start(2); Tokenizer teacher = Tokenizer.open(root, file, 32, Precision.FP32);
                Network student = Network.student(root, Architecture.EVA_X_TI, Initialisation.masked(Architecture.EVA_X_TI, 2, 256, 5), 32,
                    Architecture.MEAN, Architecture.STD)) {
            var e = assertThrows(IllegalArgumentException.class,
                () -> new PretrainStep(student, teacher, AdamW.published(new ParameterGroups(1, 0)), Precision.FP32, true, 1));
            assertTrue(e.getMessage().contains("256") && e.getMessage().contains("768"), e.getMessage());
        }
    }

    /** What lies under the mask may be asked for, never seen: other pixels there must not change a single guess. */
    @Test
    void noMaskedPixelReachesTheStudent() {
        try (NDManager root = Torch.start(2); NDManager scope = root.newSubManager();
                Network student = Network.student(root, Architecture.EVA_X_TI, Initialisation.masked(Architecture.EVA_X_TI, 3, 256, 5), 48,
                    Architecture.MEAN, Architecture.STD)) {
            byte[] film = new byte[48 * 48];
            new java.util.Random(1).nextBytes(film);
            byte[] mask = {0, 1, 0, 0, 1, 1, 0, 0, 0};
            float[] before = guesses(student, scope, film, mask);
            for (int p = 0; p < film.length; p++) {
                if (mask[p / 48 / 16 * 3 + p % 48 / 16] == 1) {
                    film[p] ^= 0x55;
                }
            }
            assertArrayEquals(before, guesses(student, scope, film, mask), "guesses after a change under the mask");
            film[0] ^= 0x55;
            assertTrue(!Arrays.equals(before, guesses(student, scope, film, mask)), "a change beside the mask is seen");
        }
    }

    /** The target of a patch is its own 256 pixels, mean 0 and spread 1: neither brightness nor contrast is asked for. */
    @Test
    void theTargetDoesNotAskForBrightness() {
        try (NDManager root = Torch.start(2); NDManager scope = root.newSubManager();
                Network student = Network.student(root, Architecture.EVA_X_TI, Initialisation.masked(Architecture.EVA_X_TI, 2, 256, 5), 32,
                    Architecture.MEAN, Architecture.STD)) {
            byte[] film = new byte[32 * 32];
            for (int p = 0; p < film.length; p++) {
                film[p] = (byte) (p % 32 < 16 ? 7 : p % 32 * 3 + p / 32);
            }
            NDArray x = student.input(scope, ByteBuffer.wrap(film));
            byte[] mask = {1, 0, 0, 1};
            float[] target;
            try (NDList out = run(student, scope, x, mask, scope.zeros(new Shape(0)), false)) {
                target = out.get(2).toFloatArray();
            }
            assertEquals(512, target.length);
            assertArrayEquals(new float[256], Arrays.copyOf(target, 256), 1e-3f, "a flat patch");
            double mean = 0;
            double square = 0;
            for (int k = 0; k < 256; k++) {
                float pixel = (16 + k % 16) * 3 + 16 + k / 16;
                mean += pixel / 256;
                square += pixel * pixel;
            }
            double spread = Math.sqrt((square - 256 * mean * mean) / 255);
            for (int k = 0; k < 256; k++) {
                assertEquals(((16 + k % 16) * 3 + 16 + k / 16 - mean) / spread, target[256 + k], 1e-3);
            }
        }
    }

    private static float[] guesses(Network student, NDManager scope, byte[] film, byte[] mask) {
        try (NDList out = run(student, scope, student.input(scope, ByteBuffer.wrap(film.clone())), mask, scope.zeros(new Shape(0)), false)) {
            return out.get(1).toFloatArray();
        }
    }

    private static NDList probes(Network student, NDManager scope, boolean gentle) throws IOException {
        NDArray x = input(scope);
        byte[] mask = mask();
        float[] masked = Golden.of("pretrain_loss").floats("teacher_patch_features_masked");
        float[] teacher = new float[2 * 196 * WIDTH];
        int at = 0;
        for (int i = 0; i < mask.length; i++) {
            if (mask[i] == 1) {
                System.arraycopy(masked, at++ * WIDTH, teacher, i * WIDTH, WIDTH);
            }
        }
        return run(student, scope, x, mask, scope.create(FloatBuffer.wrap(teacher), new Shape(2, 196, WIDTH)), gentle);
    }

    private static NDList run(Network student, NDManager scope, NDArray x, byte[] mask, NDArray target, boolean gentle) {
        long batch = x.getShape().get(0);
        NDArray masked = scope.create(ByteBuffer.wrap(mask), new Shape(batch, mask.length / batch), DataType.UINT8);
        return student.module(EvaXScript.MASKED_PROBES).run(x, masked, target, student.rope(), scope.create(new double[] {gentle ? 1 : 0}),
            student.weights());
    }

    private static NDArray input(NDManager scope) throws IOException {
        return scope.create(FloatBuffer.wrap(Golden.of("forward_ti").floats("input")), new Shape(2, 3, 224, 224));
    }

    private static byte[] mask() throws IOException {
        return Files.readAllBytes(Golden.of("pretrain_loss").folder().resolve("mask.bin"));
    }

    private static double cosine(float[] a, float[] b, int at) {
        double dot = 0;
        double aa = 0;
        double bb = 0;
        for (int i = at; i < at + WIDTH; i++) {
            dot += (double) a[i] * b[i];
            aa += (double) a[i] * a[i];
            bb += (double) b[i] * b[i];
        }
        return dot / Math.sqrt(aa * bb);
    }

    private static Network student(NDManager root) throws IOException {
        var state = PtCheckpoint.read(Golden.of("checkpoints").folder().resolve("eva_x_tiny_patch16_random_mim.pt"));
        Map<String, Tensor> values = new LinkedHashMap<>(state);
        return Network.student(root, Architecture.EVA_X_TI, values, 224, Architecture.MEAN, Architecture.STD);
    }
}
