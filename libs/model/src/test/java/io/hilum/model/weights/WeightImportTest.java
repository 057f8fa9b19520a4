package io.hilum.model.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.model.Architecture;
import io.hilum.model.Golden;
import io.hilum.model.weights.ReferenceWeights.FinalNorm;
import io.hilum.model.weights.WeightImport.Options;
import io.hilum.model.weights.WeightReport.Fate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every layout in which weights come, and what is told about them. */
class WeightImportTest {
    private static final Options AS_IT_IS = new Options(null, 0, FinalNorm.FRESH, false);

    @TempDir Path dir;

    @Test
    @Tag("golden")
    void nothingOfThePretrainedCheckpointIsLostInSilence() throws IOException {
        Path file = Golden.of("checkpoints").folder().resolve("eva_x_tiny_patch16_random_mim.pt");
        WeightImport plain = WeightImport.read(file, AS_IT_IS);
        assertEquals(new Recognition(Architecture.EVA_X_TI, 12, 14), plain.found());
        WeightReport report = plain.report();
        assertEquals(160, report.names(Fate.USED).size());
        assertEquals(26 + 5, report.names(Fate.DROPPED).size());
        assertEquals(191, report.names(Fate.USED).size() + report.names(Fate.DROPPED).size());
        assertEquals(List.of("fc_norm.weight", "fc_norm.bias", "head.weight", "head.bias"), report.names(Fate.MISSING));
        assertTrue(report.text().contains("eva-x-ti of 12 blocks, 14 x 14 patches (224 pixels)"), report.text());

        WeightImport kept = WeightImport.read(file, new Options(Architecture.EVA_X_TI, 32, FinalNorm.KEEP, true));
        assertArrayEquals(kept.tensors().get("norm.weight").floats(), kept.tensors().get("fc_norm.weight").floats());
        assertEquals("F32[768, 192]", kept.tensors().get("lm_head.weight").toString());
        assertEquals(List.of("pos_embed", "fc_norm.weight", "fc_norm.bias"), kept.report().names(Fate.CHANGED));
        assertEquals(26, kept.report().names(Fate.DROPPED).size());
    }

    @Test
    @Tag("golden")
    void theTeachersLayoutGivesAViTAndNothingElse() throws IOException {
        Path file = Golden.of("checkpoints").folder().resolve("teacher_vit_base_2blocks_random_half.ckpt");
        WeightImport teacher = WeightImport.read(file, new Options(null, 0, FinalNorm.FRESH, true));
        assertEquals(new Recognition(Architecture.VIT_B, 2, 14), teacher.found());
        assertTrue(teacher.tensors().containsKey("norm.weight"));
        assertTrue(teacher.report().text().contains("stored as F16"), teacher.report().text());
        var e = assertThrows(IllegalArgumentException.class, () -> ReferenceWeights.classifier(teacher));
        assertTrue(e.getMessage().contains("2 blocks"), e.getMessage());
    }

    /** As the fine-tuning code saves: an optimizer, an argument object of a class that only Python knows, epoch "best". */
    @ParameterizedTest
    @EnumSource(names = {"F32", "F16", "BF16"})
    void aFineTunedCheckpointIsReadInSpiteOfWhatElseItHolds(DType dtype) throws IOException {
        Path file = dir.resolve("checkpoint-best.pth");
        var stored = new LinkedHashMap<String, Tensor>();
        weights(Architecture.EVA_X_TI, 2, 3).forEach((name, tensor) -> stored.put(name, tensor.to(dtype)));
        var torch = new TorchFile().raw("}(").text("model").tensors(stored);
        torch.text("optimizer").raw("}(").text("state").raw("}(K\u0000").tensors(Map.of("exp_avg", Tensor.of(new float[4], 4)))
            .raw("u").text("param_groups").raw("]u");
        torch.text("epoch").text("best").text("scaler").raw("}(").text("scale").raw("G\u0040\u00f0\u0000\u0000\u0000\u0000\u0000\u0000u");
        torch.text("args").raw("cargparse\nNamespace\n)\u0081}(").text("output_dir").raw("cpathlib\nPosixPath\n(").text("out").raw("tRub");
        torch.raw("u").write(file);

        WeightImport imported = WeightImport.read(file, AS_IT_IS);
        assertEquals(stored.keySet(), imported.tensors().keySet());
        for (var tensor : imported.tensors().entrySet()) {
            assertArrayEquals(stored.get(tensor.getKey()).floats(), tensor.getValue().floats(), tensor.getKey());
        }
        assertTrue(imported.report().text().contains("weights in 'model'"), imported.report().text());
        assertTrue(imported.report().text().contains("3 outputs"), imported.report().text());
        assertTrue(imported.report().text().contains("stored as " + dtype), imported.report().text());
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "F16", "BF16"})
    void safetensorsComeBackAsTheyWereWritten(DType dtype) throws IOException {
        Path file = dir.resolve("w.bin");
        var stored = new LinkedHashMap<String, Tensor>();
        weights(Architecture.VIT_S, 1, 2).forEach((name, tensor) -> stored.put(name, tensor.to(dtype)));
        new Safetensors(stored, Map.of("labels", "A,B")).write(file);
        WeightImport imported = WeightImport.read(file, new Options(Architecture.VIT_S, 0, FinalNorm.FRESH, false));
        assertEquals("A,B", imported.metadata().get("labels"));
        imported.tensors().forEach((name, tensor) -> assertArrayEquals(stored.get(name).floats(), tensor.floats(), name));
    }

    @Test
    void brainFloatsAreTheNearestOnes() {
        float[] values = {1, 1.00390625f, 1.01171875f, -0.1f, 3e38f, 1e-40f, Float.NaN};
        float[] back = Tensor.of(values, 7).to(DType.BF16).floats();
        assertEquals(1, back[0]);
        assertEquals(1, back[1], "a tie goes to the even neighbour");
        assertEquals(1.015625f, back[2], "a tie goes to the even neighbour");
        assertEquals(-0.1f, back[3], 0.0004f);
        assertEquals(Float.POSITIVE_INFINITY, Tensor.of(new float[] {Float.MAX_VALUE}, 1).to(DType.BF16).floats()[0]);
        assertEquals(3e38f, back[4], 1e36f);
        assertTrue(Float.isNaN(back[6]));
    }

    @ParameterizedTest
    @EnumSource
    void noArchitectureIsMistakenForAnother(Architecture architecture) {
        var shapes = architecture.parameters(1, 2);
        var weights = new LinkedHashMap<String, Tensor>();
        // Only what is looked at has values; the rest stays away.
        for (String name : List.of("cls_token", "pos_embed")) {
            weights.put(name, Tensor.of(new float[(int) Arrays.stream(shapes.get(name)).reduce(1, (a, b) -> a * b)], shapes.get(name)));
        }
        shapes.keySet().stream().filter(name -> name.startsWith("blocks.")).forEach(name -> weights.put(name, Tensor.of(new float[1], 1)));
        assertEquals(new Recognition(architecture, 12, 1), Recognition.of(weights));
    }

    @Test
    void anotherArchitectureThanAskedForIsRefused() throws IOException {
        refused(weights(Architecture.VIT_S, 1, 2), new Options(Architecture.EVA_X_S, 0, FinalNorm.FRESH, false), "use --arch vit-s");
    }

    @Test
    void aTensorInsideABlockIsNeverPassedOver() throws IOException {
        var weights = weights(Architecture.VIT_S, 1, 2);
        weights.put("blocks.0.ls1.gamma", Tensor.of(new float[384], 384));
        refused(weights, AS_IT_IS, "'blocks.0.ls1.gamma'");
    }

    @Test
    void zeroBiasesOfKAndStrangersOutsideOfTheBlocksAreNamedAndDropped() throws IOException {
        var weights = weights(Architecture.EVA_X_TI, 1, 2);
        weights.put("blocks.0.attn.k_bias", Tensor.of(new float[192], 192));
        weights.put("blocks.0.attn.rope.freqs_cos", Tensor.of(new float[64], 1, 64));
        weights.put("decoder_embed.weight", Tensor.of(new float[2], 2));
        WeightImport imported = WeightImport.read(write(weights), AS_IT_IS);
        assertEquals(List.of("blocks.0.attn.rope.freqs_cos", "blocks.0.attn.k_bias", "decoder_embed.weight"), imported.report().names(Fate.DROPPED));
        assertFalse(imported.tensors().containsKey("decoder_embed.weight"));
    }

    @Test
    void weightsThatDoNotFitAreNamed() throws IOException {
        var narrow = weights(Architecture.EVA_X_TI, 1, 2);
        narrow.put("blocks.0.mlp.w3.weight", Tensor.of(new float[192 * 511], 192, 511));
        refused(narrow, AS_IT_IS, "'blocks.0.mlp.w3.weight' is F32[192, 511]");
        var bare = weights(Architecture.EVA_X_TI, 1, 2);
        bare.remove("blocks.0.norm2.bias");
        refused(bare, AS_IT_IS, "lack 'blocks.0.norm2.bias'");
        var diverged = weights(Architecture.EVA_X_TI, 1, 2);
        diverged.put("head.bias", Tensor.of(new float[] {1, Float.NaN}, 2));
        refused(diverged, AS_IT_IS, "'head.bias' holds the value NaN");
        var oblong = weights(Architecture.EVA_X_TI, 1, 2);
        oblong.put("pos_embed", Tensor.of(new float[4 * 192], 1, 4, 192));
        refused(oblong, AS_IT_IS, "a square of patches");
        refused(new LinkedHashMap<>(Map.of("conv1.weight", Tensor.of(new float[3], 3))), AS_IT_IS, "here is conv1.weight F32[3]");
    }

    private void refused(Map<String, Tensor> weights, Options options, String part) throws IOException {
        Path file = write(weights);
        var e = assertThrows(IOException.class, () -> WeightImport.read(file, options));
        assertTrue(e.getMessage().startsWith(file.toString()) && e.getMessage().contains(part), e.getMessage());
    }

    private Path write(Map<String, Tensor> weights) throws IOException {
        Path file = dir.resolve("given.safetensors");
        Safetensors.write(file, weights);
        return file;
    }

    /** A classifier's weights at 32 pixels, of fewer blocks than any real one. */
    private static Map<String, Tensor> weights(Architecture architecture, int blocks, int classes) {
        var random = new SplittableRandom(7);
        var shapes = architecture.trunk(2, blocks);
        architecture.parameters(2, classes).forEach((name, shape) -> {
            if (name.startsWith("fc_norm.") || name.startsWith("head.")) {
                shapes.put(name, shape);
            }
        });
        var out = new LinkedHashMap<String, Tensor>();
        shapes.forEach((name, shape) -> {
            float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextDouble(-1, 1);
            }
            out.put(name, Tensor.of(values, shape));
        });
        return out;
    }
}
