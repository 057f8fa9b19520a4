package io.hilum.model.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hilum.model.Architecture;
import io.hilum.model.Golden;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PtCheckpointTest {
    @Tag("golden")
    @Test
    void missesNoTensorOfThePretrainedCheckpoint() throws IOException {
        Path folder = Golden.of("checkpoints").folder();
        var tensors = PtCheckpoint.read(folder.resolve("eva_x_tiny_patch16_random_mim.pt"));
        var keys = new ObjectMapper().readTree(folder.resolve("eva_x_tiny_patch16_random_mim.keys.json").toFile());
        assertEquals(191, tensors.size());
        assertTrue(keys.toString().contains("blocks.11.mlp.w3.bias"));
        assertEquals("F32[576, 192]", tensors.get("blocks.0.attn.qkv.weight").toString());
        var body = ReferenceWeights.body(tensors, Architecture.EVA_X_TI, 14, ReferenceWeights.FinalNorm.KEEP);
        assertEquals(Architecture.EVA_X_TI.parameters(14, 1).size() - 2, body.size());
    }

    @Test
    void widensHalfPrecisionUnderTheTeachersRoom() throws IOException {
        Path folder = Golden.of("checkpoints").folder();
        var tensors = PtCheckpoint.read(folder.resolve("teacher_vit_base_2blocks_random_half.ckpt"));
        var positions = tensors.get("img_encoder_q.model.pos_embed");
        assertEquals(DType.F16, positions.dtype());
        assertTrue(Float.isFinite(positions.floats()[5]));
    }

    @Tag("golden")
    @Test
    void positionsAndRotaryTablesOfAnotherSizeAreThoseOfTheReference() throws IOException {
        var golden = Golden.of("interpolation");
        var tensors = PtCheckpoint.read(golden.folder().resolveSibling("checkpoints").resolve("eva_x_tiny_patch16_random_mim.pt"));
        var body = ReferenceWeights.body(tensors, Architecture.EVA_X_TI, 32, ReferenceWeights.FinalNorm.KEEP);
        assertNear(golden.floats("pos_embed_512"), body.get("pos_embed").floats(), 1e-5);
        var at480 = ReferenceWeights.body(tensors, Architecture.EVA_X_TI, 30, ReferenceWeights.FinalNorm.KEEP).get("pos_embed").floats();
        assertNear(golden.floats("pos_embed_480"), Arrays.copyOf(at480, 65 * 192), 1e-5);
        var rope = io.hilum.model.Rope.of(32);
        assertNear(golden.floats("rope_cos_32"), rope.cos(), 1e-5);
        assertNear(golden.floats("rope_sin_32"), rope.sin(), 1e-5);
    }

    static void assertNear(float[] expected, float[] actual, double tolerance) {
        assertEquals(expected.length, actual.length);
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
            worst = Math.max(worst, Math.abs(expected[i] - actual[i]));
        }
        assertTrue(worst <= tolerance, "off by " + worst);
    }
}
