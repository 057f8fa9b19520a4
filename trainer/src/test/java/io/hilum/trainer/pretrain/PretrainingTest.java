package io.hilum.trainer.pretrain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.model.Architecture;
import io.hilum.model.weights.ReferenceWeights;
import io.hilum.model.weights.Safetensors;
import io.hilum.model.weights.Tensor;
import io.hilum.trainer.data.FilmCache;
import io.hilum.trainer.data.FilmSelection;
import io.hilum.trainer.net.Initialisation;
import io.hilum.trainer.net.MaskedWeights;
import io.hilum.trainer.net.Precision;
import io.hilum.trainer.train.Toys;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainingTest {
    @TempDir Path dir;
    private FilmSelection films;

    @BeforeEach
    void films() throws IOException {
        films = FilmSelection.all(FilmCache.open(Toys.cache(dir.resolve("films"), 64, 1)));
    }

    /** Noise cannot be guessed, so only the bright squares' edges remain to be learned: the loss falls a little, and must. */
    @Test
    void failsToLearnNoSimpleThingAndLeavesWeightsThatFineTuningTakes() throws IOException {
        Path file = run("model", options(16 * 60, 1e-3), log());
        Safetensors weights = Safetensors.read(file);
        assertArrayEquals(new long[] {256, 192}, weights.get("lm_head.weight").shape());
        assertArrayEquals(new long[] {1, 1, 192}, weights.get("mask_token").shape());
        var body = ReferenceWeights.body(weights.tensors(), Architecture.EVA_X_TI, 14, ReferenceWeights.FinalNorm.FRESH);
        assertTrue(body.containsKey("fc_norm.weight") && !body.containsKey("mask_token"));
        var rows = Files.readAllLines(dir.resolve("model").resolve(LossCurve.CSV));
        assertEquals(61, rows.size());
        double first = Double.parseDouble(rows.get(1).split(",")[2]);
        double last = Double.parseDouble(rows.get(60).split(",")[2]);
        assertTrue(last < 0.93 * first, first + " fell to " + last);
        assertTrue(Files.size(dir.resolve("model").resolve(LossCurve.PNG)) > 1000);
    }

    @Test
    void aKilledTrainingDoesNotEndElsewhereThanAnUnbrokenOne() throws IOException {
        Path whole = run("whole", options(16 * 6, 1e-3), log());
        Path state = dir.resolve("broken").resolve(Pretraining.STATE);
        var killed = new PrintStream(new ByteArrayOutputStream()) {
            @Override
            public PrintStream printf(java.util.Locale l, String format, Object... args) {
                // The progress after the first save, at the last step at the latest.
                if (Files.exists(state)) {
                    throw new IllegalStateException("killed");
                }
                return this;
            }
        };
        assertThrows(IllegalStateException.class, () -> run("broken", eager(options(16 * 6, 1e-3)), killed));
        assertTrue(!Files.exists(dir.resolve("broken").resolve(Pretraining.WEIGHTS)), "killed before the end");
        var log = new ByteArrayOutputStream();
        Path resumed = run("broken", options(16 * 6, 1e-3), new PrintStream(log));
        assertTrue(log.toString(StandardCharsets.UTF_8).contains("Going on after step "), log.toString(StandardCharsets.UTF_8));
        assertArrayEquals(Files.readAllBytes(whole), Files.readAllBytes(resumed));
        assertEquals(Files.readString(dir.resolve("whole").resolve(LossCurve.CSV)), Files.readString(dir.resolve("broken").resolve(LossCurve.CSV)));
    }

    /** A teacher's features instead of pixels: the guess turns towards them, and another teacher is another training. */
    @Test
    void aTokenizersFeaturesAreNotMistakenForPixels() throws IOException {
        Path teacher = teacher("teacher.safetensors", 11);
        var log = new ByteArrayOutputStream();
        Path file = tokenized("model", teacher, new PrintStream(log));
        assertArrayEquals(new long[] {192, 192}, Safetensors.read(file).get("lm_head.weight").shape());
        String text = log.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("target eva-x-ti of teacher.safetensors"), text);
        var rows = Files.readAllLines(dir.resolve("model").resolve(LossCurve.CSV));
        double first = Double.parseDouble(rows.get(1).split(",")[2]);
        double last = Double.parseDouble(rows.get(rows.size() - 1).split(",")[2]);
        assertTrue(first > -0.5 && last < first - 0.1 && last >= -1, "minus cosine " + first + " fell to " + last);
        var e = assertThrows(IOException.class, () -> tokenized("model", teacher("other.safetensors", 12), log()));
        assertTrue(e.getMessage().contains("other settings"), e.getMessage());
    }

    @Test
    void doesNotGoOnWithOtherSettings() throws IOException {
        run("model", options(16, 1e-3), log());
        var e = assertThrows(IOException.class, () -> run("model", options(16, 2e-3), log()));
        assertTrue(e.getMessage().contains("other settings"), e.getMessage());
        e = assertThrows(IOException.class, () -> new Pretraining(options(16, 1e-3), films, dir.resolve("model"), log())
            .run(outputs -> Initialisation.masked(Architecture.EVA_X_TI, 3, outputs, 99)));
        assertTrue(e.getMessage().contains("other settings"), "begun from other weights: " + e.getMessage());
    }

    @Test
    void stopsOnANonFiniteLossAndKeepsTheBatch() throws IOException {
        var start = new LinkedHashMap<>(Initialisation.masked(Architecture.EVA_X_TI, 3, MaskedWeights.PIXELS, 1));
        start.put("norm.bias", Tensor.of(filled(192, Float.NaN), 192));
        Path out = dir.resolve("bad");
        var e = assertThrows(IOException.class, () -> new Pretraining(options(32, 1e-3), films, out, log()).run(outputs -> start));
        assertTrue(e.getMessage().contains("loss NaN"), e.getMessage());
        Map<String, Tensor> batch = Safetensors.read(out.resolve(Pretraining.BAD_BATCH)).tensors();
        assertArrayEquals(new long[] {16, 1, 48, 48}, batch.get("images").shape());
        assertArrayEquals(new long[] {16, 3, 3}, batch.get("masks").shape());
        assertTrue(!Files.exists(out.resolve(Pretraining.WEIGHTS)), "a stopped training leaves no weights to take by mistake");
    }

    private Path teacher(String name, long seed) throws IOException {
        var weights = new LinkedHashMap<>(Initialisation.masked(Architecture.EVA_X_TI, 3, MaskedWeights.PIXELS, seed));
        Safetensors.write(dir.resolve(name), weights);
        return dir.resolve(name);
    }

    private Path tokenized(String folder, Path teacher, PrintStream log) throws IOException {
        return new Pretraining(options(16 * 12, 1e-3), films, teacher, dir.resolve(folder), log).run();
    }

    private Path run(String folder, PretrainOptions options, PrintStream log) throws IOException {
        return new Pretraining(options, films, dir.resolve(folder), log).run();
    }

    private static PretrainOptions options(long passes, double rate) {
        var o = PretrainOptions.published(Architecture.EVA_X_TI, Toys.SIZE, 16, passes).with(Precision.FP32, 7, 2);
        return new PretrainOptions(o.architecture(), o.size(), o.batch(), o.accumulate(), o.passes(), o.warmUpEpochs(), rate, o.firstRate(), o.lastRate(),
            o.adam(), o.precision(), o.augmentation(), o.maskRatio(), true, o.seed(), o.threads(), o.device(), 3600);
    }

    /** The same, saved after every step. */
    private static PretrainOptions eager(PretrainOptions o) {
        return new PretrainOptions(o.architecture(), o.size(), o.batch(), o.accumulate(), o.passes(), o.warmUpEpochs(), o.learningRate(), o.firstRate(),
            o.lastRate(), o.adam(), o.precision(), o.augmentation(), o.maskRatio(), o.stopGradConv1(), o.seed(), o.threads(), o.device(), 0);
    }

    private static float[] filled(int n, float value) {
        float[] out = new float[n];
        java.util.Arrays.fill(out, value);
        return out;
    }

    private static PrintStream log() {
        return new PrintStream(new ByteArrayOutputStream());
    }
}
