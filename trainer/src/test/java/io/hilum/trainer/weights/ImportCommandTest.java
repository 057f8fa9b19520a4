package io.hilum.trainer.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.model.Architecture;
import io.hilum.model.weights.ReferenceWeights.FinalNorm;
import io.hilum.model.weights.Safetensors;
import io.hilum.model.weights.Tensor;
import io.hilum.trainer.Main;
import io.hilum.trainer.net.Initialisation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {
    @TempDir Path dir;
    private Path given;
    private Map<String, Tensor> weights;

    @BeforeEach
    void writeWeights() throws IOException {
        given = dir.resolve("given.bin");
        weights = Initialisation.draw(Architecture.EVA_X_TI, 2, 2, 5);
        Safetensors.write(given, weights);
    }

    @Test
    void whatIsImportedIsWhatTrainingBeginsWith() throws IOException {
        Path out = dir.resolve("w.safetensors");
        Said said = run("import", given.toString(), "--out", out.toString(), "--labels", "Effusion,Nodule", "--arch", "eva-x-ti");
        assertEquals(0, said.code(), said.err());
        assertTrue(said.out().contains("eva-x-ti of 12 blocks, 2 x 2 patches (32 pixels), 2 outputs"), said.out());
        assertEquals("Effusion,Nodule", Safetensors.read(out).metadata().get("labels"));
        assertEquals("eva-x-ti", Safetensors.read(out).metadata().get("architecture"));

        var log = new ByteArrayOutputStream();
        var start = StartWeights.of(out, Architecture.EVA_X_TI, 32, 2, FinalNorm.FRESH, 9, new PrintStream(log, true, StandardCharsets.UTF_8));
        assertEquals(weights.keySet(), start.keySet());
        start.forEach((name, tensor) -> assertArrayEquals(weights.get(name).floats(), tensor.floats(), name));

        var other = StartWeights.of(out, Architecture.EVA_X_TI, 48, 5, FinalNorm.FRESH, 9, new PrintStream(log, true, StandardCharsets.UTF_8));
        assertEquals("F32[5, 192]", other.get("head.weight").toString());
        assertEquals("F32[1, 10, 192]", other.get("pos_embed").toString());
        assertTrue(log.toString(StandardCharsets.UTF_8).contains("5 labels: drawn anew"), log.toString(StandardCharsets.UTF_8));
    }

    /** What weights were made of must reach the card of whatever is made of them. */
    @Test
    void whereWeightsComeFromIsNotForgotten() throws IOException {
        new Safetensors(weights, java.util.Map.of("history", "pre-trained on 8 passes")).write(given);
        Path out = dir.resolve("w.safetensors");
        assertEquals(0, run("import", given.toString(), "--out", out.toString()).code());
        assertEquals("pre-trained on 8 passes", Safetensors.read(out).metadata().get("history"));
        assertEquals("pre-trained on 8 passes", io.hilum.trainer.train.Provenance.history(out));
    }

    @Test
    void halfTheBytesAreHalfTheFile() throws IOException {
        Path out = dir.resolve("w.safetensors");
        assertEquals(0, run("import", given.toString(), "--out", out.toString(), "--dtype", "BF16", "--size", "64").code());
        assertTrue(Files.size(out) < Files.size(given) * 0.51);
        assertEquals("BF16[1, 17, 192]", Safetensors.read(out).get("pos_embed").toString());
    }

    @Test
    void whatCannotBeImportedIsRefusedWithOneSentence() throws IOException {
        String out = dir.resolve("w.safetensors").toString();
        refused("--labels names 3 outputs", "import", given.toString(), "--out", out, "--labels", "A,B,C");
        refused("use --arch eva-x-ti", "import", given.toString(), "--out", out, "--arch", "vit-b");
        refused("choose another name", "import", given.toString(), "--out", given.toString());
        Path cut = dir.resolve("cut.pt");
        Files.write(cut, new byte[] {'P', 'K', 3, 4, 0, 0});
        refused("fetch it again", "import", cut.toString(), "--out", out);
        Files.write(cut, Arrays.copyOf(Files.readAllBytes(given), 100_000));
        refused("lies outside the file", "import", cut.toString(), "--out", out);
        assertTrue(Files.notExists(Path.of(out)));
    }

    @Test
    void weightsOfAnotherArchitectureAreNotTrained() {
        var e = assertThrows(IOException.class,
            () -> StartWeights.of(given, Architecture.EVA_X_S, 32, 2, FinalNorm.FRESH, 0, System.out));
        assertTrue(e.getMessage().contains(given.toString()) && e.getMessage().contains("use --arch eva-x-ti"), e.getMessage());
    }

    private void refused(String why, String... args) {
        Said said = run(args);
        assertEquals(1, said.code());
        assertTrue(said.err().contains(why), said.err());
        assertEquals(1, said.err().strip().lines().count(), said.err());
    }

    private record Said(int code, String out, String err) {}

    private static Said run(String... args) {
        var out = new StringWriter();
        var err = new StringWriter();
        int code = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(args);
        return new Said(code, out.toString(), err.toString());
    }
}
