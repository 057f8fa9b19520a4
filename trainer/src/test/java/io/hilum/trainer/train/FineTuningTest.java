package io.hilum.trainer.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.model.weights.DType;
import io.hilum.model.weights.Safetensors;
import io.hilum.trainer.data.FilmCache;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FineTuningTest {
    private static final Provenance PROVENANCE = new Provenance("toy", "1", "scratch");
    @TempDir Path dir;
    private FilmCache train;
    private FilmCache valid;

    @BeforeEach
    void films() throws IOException {
        train = FilmCache.open(Toys.cache(dir.resolve("train"), 192, 1));
        valid = FilmCache.open(Toys.cache(dir.resolve("valid"), 64, 2));
    }

    @Test
    void failsToLearnNoSimpleThing() throws IOException {
        double auc = run("model", Toys.options(4, 5e-4), System.out);
        assertTrue(auc > 0.95, "validation AUC " + auc);
        var weights = Safetensors.read(dir.resolve("model").resolve(FineTuning.WEIGHTS));
        assertEquals(DType.F16, weights.get("head.weight").dtype());
        assertEquals("toy", Provenance.read(dir.resolve("model")).name());
        assertTrue(Provenance.read(dir.resolve("model")).synthetic());
        assertEquals("scratch; then 4.0 epochs of 192 films at 48 pixels (toys)",
            Provenance.history(dir.resolve("model").resolve(FineTuning.WEIGHTS)));
        Path stranger = dir.resolve("model").resolve("stranger.safetensors");
        Safetensors.write(stranger, Toys.scratch());
        assertEquals("stranger.safetensors", Provenance.history(stranger), "a record lies beside it, but of other weights");
    }

    /** A kill leaves the last save; the same command must then give the very weights of an unbroken run. */
    @Test
    void aKilledTrainingDoesNotEndElsewhereThanAnUnbrokenOne() throws IOException {
        run("whole", Toys.options(2, 1e-4), quiet());
        var killed = new PrintStream(new ByteArrayOutputStream()) {
            @Override
            public void println(String line) {
                throw new IllegalStateException("killed");
            }
        };
        // The first epoch's save is on disk only after its validation line; the kill comes with the line, in epoch 1.
        Path broken = dir.resolve("broken");
        assertThrows(IllegalStateException.class, () -> run("broken", Toys.options(2, 1e-4), killed));
        run("broken", Toys.options(2, 1e-4), quiet());
        float[] whole = Safetensors.read(dir.resolve("whole").resolve(SavedState.FILE)).get("w:blocks.3.attn.qkv.weight").floats();
        float[] resumed = Safetensors.read(broken.resolve(SavedState.FILE)).get("w:blocks.3.attn.qkv.weight").floats();
        assertArrayEquals(whole, resumed);
    }

    @Test
    void doesNotGoOnWithOtherSettings() throws IOException {
        run("model", Toys.options(1, 1e-4), quiet());
        var e = assertThrows(IOException.class, () -> run("model", Toys.options(1, 2e-4), quiet()));
        assertTrue(e.getMessage().contains("other settings"), e.getMessage());
    }

    /** A kill, then another --from or --valid: what was saved did not begin there and was not chosen there. */
    @Test
    void doesNotGoOnFromOtherWeightsOrWithOtherValidationFilms() throws IOException {
        run("model", Toys.options(1, 1e-4), quiet());
        var other = new java.util.LinkedHashMap<>(Toys.scratch());
        other.put("head.bias", io.hilum.model.weights.Tensor.of(new float[] {0.5f, 0}, 2));
        var e = assertThrows(IOException.class,
            () -> new FineTuning(Toys.options(1, 1e-4), train, valid, dir.resolve("model"), quiet()).run(other, PROVENANCE));
        assertTrue(e.getMessage().contains("other settings"), e.getMessage());
        FilmCache others = FilmCache.open(Toys.cache(dir.resolve("others"), 64, 3));
        e = assertThrows(IOException.class,
            () -> new FineTuning(Toys.options(1, 1e-4), train, others, dir.resolve("model"), quiet()).run(Toys.scratch(), PROVENANCE));
        assertTrue(e.getMessage().contains("other settings"), e.getMessage());
    }

    @Test
    void stopsOnANonFiniteLossAndKeepsTheBatch() {
        var start = new java.util.LinkedHashMap<>(Toys.scratch());
        start.put("head.bias", io.hilum.model.weights.Tensor.of(new float[] {Float.NaN, 0}, 2));
        var e = assertThrows(IOException.class,
            () -> new FineTuning(Toys.options(1, 1e-4), train, valid, dir.resolve("bad"), quiet()).run(start, PROVENANCE));
        assertTrue(e.getMessage().contains("loss NaN"), e.getMessage());
        assertTrue(Files.exists(dir.resolve("bad").resolve(FineTuning.BAD_BATCH)));
    }

    private double run(String folder, TrainOptions options, PrintStream log) throws IOException {
        return new FineTuning(options, train, valid, dir.resolve(folder), log).run(Toys.scratch(), PROVENANCE);
    }

    private static PrintStream quiet() {
        return new PrintStream(new ByteArrayOutputStream());
    }
}
