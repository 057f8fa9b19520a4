package io.hilum.benchmarks.chaos.instance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hilum.inference.InferenceException;
import io.hilum.inference.InferenceRequest;
import io.hilum.inference.InferenceResult;
import io.hilum.model.input.CanvasToInput;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PixelEngineTest {

    private final EngineSwitch power = new EngineSwitch(System.out);
    private final PixelEngine engine = engine("v1");

    @Test
    void givesNoTwoImagesAndNoTwoVersionsTheSameScores() {
        double[] one = score(engine, pixels(1));
        assertArrayEquals(one, score(engine("v1"), pixels(1)));
        assertNotEquals(one[0], one[1]);
        assertNotEquals(one[0], score(engine, pixels(2))[0]);
        assertNotEquals(one[0], score(engine("v2"), pixels(1))[0]);
    }

    @Test
    void scoresNoBatchWithAMarkedImageButEachOfItsNeighbours() {
        byte[] marked = pixels(3);
        System.arraycopy(PixelEngine.MARK, 0, marked, 0, PixelEngine.MARK.length);
        InferenceRequest poison = InferenceRequest.scores(marked, false);
        InferenceRequest sound = InferenceRequest.scores(pixels(4), false);
        assertThrows(InferenceException.class, () -> engine.infer(List.of(sound, poison)));
        assertEquals(1, engine.infer(List.of(sound)).size());
        engine.computeSoundInput();
    }

    @Test
    void failsOnABlankImageTooWhileItIsOff() {
        power.off(TimeUnit.HOURS.toNanos(1));
        assertThrows(InferenceException.class, engine::computeSoundInput);
        assertThrows(InferenceException.class, engine::computeSoundInput);
        power.off(0);
        assertThrows(InferenceException.class, engine::computeSoundInput);
        engine.computeSoundInput();
    }

    @Test
    void seesACanvasUnchanged() {
        byte[] canvas = pixels(5);
        assertArrayEquals(canvas, new CanvasToInput(engine.card().geometry(), engine.card().inputSize())
                .apply(canvas, PixelEngine.SIDE, PixelEngine.SIDE));
    }

    private PixelEngine engine(String version) {
        return new PixelEngine("chaos", version, "0".repeat(64), power, 0, 0);
    }

    private static byte[] pixels(long seed) {
        byte[] pixels = new byte[PixelEngine.SIDE * PixelEngine.SIDE];
        new Random(seed).nextBytes(pixels);
        return pixels;
    }

    private static double[] score(PixelEngine engine, byte[] pixels) {
        List<InferenceResult> results = engine.infer(List.of(InferenceRequest.scores(pixels, false)));
        return results.get(0).probabilities();
    }
}
