package io.hilum.trainer.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import io.hilum.model.Architecture;
import io.hilum.model.weights.Tensor;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Where the reference left no numbers (S, B with its separate q, k, v and norm in the MLP, the plain ViTs), plain loops are the judge. */
class ArchitecturesTest {
    @ParameterizedTest
    @EnumSource
    void noArchitectureLeavesItsSpecification(Architecture architecture) {
        var weights = new LinkedHashMap<>(Initialisation.draw(architecture, 2, 3, 1));
        // What starts at 0 or 1 would hide a bias or a norm that is forgotten.
        var random = new SplittableRandom(4);
        weights.replaceAll((name, tensor) -> tensor.shape().length == 1 || name.equals("head.weight") ? shaken(tensor, random) : tensor);
        byte[] film = new byte[32 * 32];
        new Random(5).nextBytes(film);
        try (NDManager root = Torch.start(2);
                Network net = new Network(root, architecture, weights, 32, architecture.mean(), architecture.std())) {
            float[] got = net.logits(ByteBuffer.wrap(film));
            double[] expected = new PlainForward(architecture, weights, 32).logits(film);
            for (int l = 0; l < 3; l++) {
                assertEquals(expected[l], got[l], 1e-4 * Math.max(1, Math.abs(expected[l])), architecture + " label " + l);
            }
        }
    }

    /** Products of mixed types stop libtorch; each architecture has its own places for them. */
    @ParameterizedTest
    @EnumSource(names = {"EVA_X_B", "VIT_S"})
    void everyArchitectureLearnsInEitherPrecision(Architecture architecture) {
        byte[] films = new byte[2 * 32 * 32];
        new Random(5).nextBytes(films);
        var weights = Initialisation.draw(architecture, 2, 3, 1);
        float[][] losses = new float[2][3];
        for (Precision precision : Precision.values()) {
            try (NDManager root = Torch.start(2);
                    Network net = new Network(root, architecture, weights, 32, architecture.mean(), architecture.std());
                    TrainStep step = new TrainStep(net, AdamW.published(new ParameterGroups(1, 0.05)), precision)) {
                for (int i = 0; i < 3; i++) {
                    losses[precision.ordinal()][i] = step.run(ByteBuffer.wrap(films), new float[] {1, 0, 1, 0, 1, 0}, new float[0], 1e-3).loss();
                }
                assertEquals(2 * 3 * 4, net.maps(ByteBuffer.wrap(films)).maps().length);
            }
        }
        assertTrue(losses[0][2] < losses[0][0], "it learns");
        assertArrayEquals(losses[0], losses[1], 0.05f, "precisions agree");
    }

    @ParameterizedTest
    @Tag("golden")
    @CsvSource({"EVA_X_TI,5673600", "EVA_X_S,21963264", "EVA_X_B,86442240"})
    void noWeightOfPretrainingIsForgotten(Architecture architecture, long values) {
        assertEquals(values, architecture.pretraining(Architecture.BASE_GRID, 768).values().stream()
            .mapToLong(shape -> Arrays.stream(shape).reduce(1, Math::multiplyExact)).sum());
    }

    private static Tensor shaken(Tensor tensor, SplittableRandom random) {
        float[] values = tensor.floats();
        for (int i = 0; i < values.length; i++) {
            values[i] += (float) (0.2 * random.nextGaussian());
        }
        return Tensor.of(values, tensor.shape());
    }
}
