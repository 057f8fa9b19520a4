package io.hilum.trainer.net;

import static io.hilum.trainer.net.Golden.assertNear;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import io.hilum.model.Architecture;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The two losses, and steps of several passes, on a small input. */
class LossAndPassesTest {
    private static final int SIZE = 32;
    private static final int FILMS = 8;
    private static final int LABELS = 3;
    /** The second film's class is not known; in the binary loss just one of its labels is. */
    private static final float[] TARGETS = {1, 0, 0, -1, 1, -1, 0, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 0, 0, 0, 1, 0, 1, 0};

    @Test
    void crossEntropyIsNotThatOfTheFormula() {
        try (NDManager root = Torch.start(1); Network net = network(root);
                TrainStep step = step(net, Loss.CE, 1)) {
            float[] logits = net.logits(images());
            double sum = 0;
            for (int b = 0; b < FILMS; b++) {
                double all = 0;
                for (int l = 0; l < LABELS; l++) {
                    all += Math.exp(logits[b * LABELS + l]);
                }
                for (int l = 0; l < LABELS && b != 1; l++) {
                    sum -= TARGETS[b * LABELS + l] * Math.log(Math.exp(logits[b * LABELS + l]) / all);
                }
            }
            assertEquals(sum / (FILMS - 1), step.run(images(), TARGETS, new float[0], 1e-3).loss(), 1e-6);
        }
    }

    /** Unknown labels lie unevenly in the passes, and drop path differs from film to film. */
    @Test
    void severalPassesAreNotAnotherStepThanTheLargeBatch() {
        for (Loss loss : Loss.values()) {
            float[] keep = new float[24 * FILMS];
            var random = new Random(5);
            for (int i = 0; i < keep.length; i++) {
                keep[i] = random.nextInt(5) == 0 ? 0 : 1.25f;
            }
            float[][] after = new float[2][];
            float[] losses = new float[2];
            float[] norms = new float[2];
            int[] passes = {1, 4};
            for (int k = 0; k < 2; k++) {
                try (NDManager root = Torch.start(1); Network net = network(root); TrainStep step = step(net, loss, passes[k])) {
                    for (int i = 0; i < 2; i++) {
                        var result = step.run(images(), TARGETS, keep, 1e-3, passes[k]);
                        losses[k] = result.loss();
                        norms[k] = result.gradientNorm();
                    }
                    after[k] = net.export().get("blocks.7.mlp.w12.weight").floats();
                }
            }
            assertEquals(losses[0], losses[1], 1e-6, loss.toString());
            assertEquals(norms[0], norms[1], 1e-4 * norms[0], loss.toString());
            // A gradient near 0 may change its sign, and AdamW's first steps are of the rate's size whatever the gradient.
            double off = 0;
            for (int i = 0; i < after[0].length; i++) {
                off += Math.abs(after[0][i] - after[1][i]);
            }
            assertTrue(off / after[0].length < 1e-6, loss + " is off by " + off / after[0].length);
        }
    }

    @Test
    void aNonFinitePassChangesNothingAndLeavesNothingBehind() {
        try (NDManager root = Torch.start(1); Network net = network(root); TrainStep step = step(net, Loss.BCE, 4)) {
            float[] before = net.export().get("head.weight").floats();
            float[] bad = TARGETS.clone();
            bad[2] = Float.POSITIVE_INFINITY;
            assertTrue(!step.run(images(), bad, new float[0], 1e-3, 4).finite());
            assertArrayEquals(before, net.export().get("head.weight").floats());
            float sound = step.run(images(), TARGETS, new float[0], 1e-3, 4).gradientNorm();
            try (Network other = network(root); TrainStep fresh = step(other, Loss.BCE, 4)) {
                assertEquals(fresh.run(images(), TARGETS, new float[0], 1e-3, 4).gradientNorm(), sound);
            }
        }
    }

    @Test
    void aFixedPatchKernelDoesNotMoveOrDecay() {
        try (NDManager root = Torch.start(1); Network net = network(root);
                TrainStep step = new TrainStep(net, AdamW.published(new ParameterGroups(0.55, 0.05, true)), Precision.FP32)) {
            float[] kernel = net.export().get("patch_embed.proj.weight").floats();
            float[] positions = net.export().get("pos_embed").floats();
            step.run(images(), TARGETS, new float[0], 1e-2);
            assertNear(kernel, net.export().get("patch_embed.proj.weight").floats(), 0, "fixed patch kernel");
            assertTrue(!java.util.Arrays.equals(positions, net.export().get("pos_embed").floats()), "positions learn");
        }
    }

    @Test
    void crossEntropyOverOneLabelIsRefused() {
        try (NDManager root = Torch.start(1);
                Network net = new Network(root, Architecture.EVA_X_TI, Initialisation.draw(Architecture.EVA_X_TI, 2, 1, 7), SIZE, 0.5, 0.25)) {
            assertThrows(IllegalArgumentException.class, () -> step(net, Loss.CE, 1));
        }
    }

    private static TrainStep step(Network net, Loss loss, int passes) {
        return new TrainStep(net, AdamW.published(new ParameterGroups(1, 0.05)), Precision.FP32, loss, 0, 0, passes);
    }

    private static Network network(NDManager root) {
        return new Network(root, Architecture.EVA_X_TI, Initialisation.draw(Architecture.EVA_X_TI, 2, LABELS, 7), SIZE, 0.5, 0.25);
    }

    private static ByteBuffer images() {
        byte[] bytes = new byte[FILMS * SIZE * SIZE];
        new Random(3).nextBytes(bytes);
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }
}
