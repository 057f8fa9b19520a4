package io.hilum.trainer.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import io.hilum.model.Architecture;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PlaceTeachingTest {
    private static final int SIZE = 48;
    private static final int BATCH = 8;
    private static final int PATCHES = 9;
    private final ByteBuffer films = ByteBuffer.allocateDirect(BATCH * SIZE * SIZE);
    private final float[] targets = new float[BATCH];
    private final float[] places = new float[BATCH * PATCHES];

    /** Half of the films have a bright patch, each somewhere else. */
    PlaceTeachingTest() {
        var random = new SplittableRandom(1);
        for (int b = 0; b < BATCH; b++) {
            int patch = b % 2 == 0 ? random.nextInt(PATCHES) : -1;
            for (int i = 0; i < SIZE * SIZE; i++) {
                int here = i / SIZE / 16 * 3 + i % SIZE / 16;
                films.put((byte) (80 + random.nextInt(20) + (here == patch ? 100 : 0)));
            }
            if (patch >= 0) {
                targets[b] = 1;
                places[b * PATCHES + patch] = 1;
            }
        }
        films.flip();
    }

    @Test
    void forgetsNoPlaceThatItIsTaught() {
        try (NDManager root = Torch.start(1); Network network = network(root);
                TrainStep step = new TrainStep(network, AdamW.published(new ParameterGroups(1, 0.05)), Precision.FP32, Loss.BCE, 3, 1, 1)) {
            float first = step.run(films.duplicate(), targets, places, new float[0], 1e-3).loss();
            float last = first;
            for (int i = 0; i < 40; i++) {
                last = step.run(films.duplicate(), targets, places, new float[0], 1e-3).loss();
            }
            assertTrue(last < 0.7 * first, "the loss only fell from " + first + " to " + last);
        }
    }

    @Test
    void learnsNothingFromPlacesThatNobodyKnows() {
        float[] unknown = new float[places.length];
        Arrays.fill(unknown, -1);
        try (NDManager root = Torch.start(1); Network network = network(root);
                TrainStep step = new TrainStep(network, AdamW.published(new ParameterGroups(1, 0.05)), Precision.FP32, Loss.BCE, 3, 0, 1)) {
            float with = step.run(films.duplicate(), targets, unknown, new float[0], 0).loss();
            float without;
            try (TrainStep plain = new TrainStep(network, AdamW.published(new ParameterGroups(1, 0.05)), Precision.FP32)) {
                without = plain.run(films.duplicate(), targets, new float[0], 0).loss();
            }
            assertEquals(without, with, 1e-6);
        }
    }

    @Test
    void putsNoTeachingHeadIntoTheModel() {
        try (NDManager root = Torch.start(1); Network network = network(root);
                TrainStep step = new TrainStep(network, AdamW.published(new ParameterGroups(1, 0.05)), Precision.FP32, Loss.BCE, 3, 1, 1)) {
            assertFalse(step.result().keySet().stream().anyMatch(name -> name.startsWith("place.")));
            assertTrue(step.save().containsKey("w:place.weight"), "but a training that goes on needs it");
        }
    }

    @Test
    void takesNoBatchWithoutPlacesOnceItTeachesThem() {
        try (NDManager root = Torch.start(1); Network network = network(root);
                TrainStep step = new TrainStep(network, AdamW.published(new ParameterGroups(1, 0.05)), Precision.FP32, Loss.BCE, 3, 1, 1)) {
            assertThrows(IllegalArgumentException.class, () -> step.run(films.duplicate(), targets, new float[0], 0));
        }
    }

    private static Network network(NDManager root) {
        return new Network(root, Architecture.EVA_X_TI, Initialisation.draw(Architecture.EVA_X_TI, SIZE / 16, 1, 3), SIZE,
            Architecture.MEAN, Architecture.STD);
    }
}
