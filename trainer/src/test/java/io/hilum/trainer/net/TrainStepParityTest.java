package io.hilum.trainer.net;

import static io.hilum.trainer.net.Golden.assertNear;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.hilum.model.Architecture;
import io.hilum.model.weights.ReferenceWeights.FinalNorm;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Gradients and optimizer against the public reference implementation. */
class TrainStepParityTest {
    @Tag("golden")
    @Test
    void noGradientDiffersFromTheReference() throws IOException {
        Golden golden = Golden.of("finetune_steps");
        var expected = golden.json("expected.json").get("grad_l2_first_step");
        try (NDManager root = Torch.start(2); Network net = network(root); NDManager scope = root.newSubManager()) {
            NDArray y = scope.create(FloatBuffer.wrap(golden.floats("targets")), new Shape(2, 14));
            NDList out = net.module(EvaXScript.GRADIENTS).run(input(scope), y, net.rope(), net.weights());
            for (int i = 0; i < net.names().size(); i++) {
                String name = net.names().get(i);
                double want = expected.get(name).asDouble();
                double got = out.get(i + 1).norm().getFloat();
                assertEquals(want, got, 1e-4 * want + 1e-9, name);
            }
        }
    }

    @Tag("golden")
    @Test
    void threeStepsLeaveTheReferencesWeights() throws IOException {
        Golden golden = Golden.of("finetune_steps");
        var expected = golden.json("expected.json");
        try (NDManager root = Torch.start(2); Network net = network(root); NDManager scope = root.newSubManager()) {
            var step = new TrainStep(net, AdamW.published(new ParameterGroups(0.55, 0.05)), Precision.FP32);
            for (int i = 0; i < 3; i++) {
                var result = step.run(scope, input(scope), golden.floats("targets"), new float[0], 1e-3);
                assertEquals(expected.get("loss_before_step").get(i).asDouble(), result.loss(), 1e-5, "loss before step " + i);
                if (i != 1) {
                    for (String name : new String[] {"pos_embed", "patch_embed.proj.weight", "blocks.0.attn.qkv.weight",
                        "blocks.6.mlp.w12.weight", "blocks.11.norm1.weight", "fc_norm.bias", "head.weight"}) {
                        float[] got = Arrays.copyOf(net.export().get(name).floats(), 16);
                        assertNear(golden.floats("after_step" + (i + 1) + "_first16." + name), got, 5e-6, name + " after step " + (i + 1));
                    }
                }
            }
        }
    }

    @Test
    void aNonFiniteLossChangesNothing() throws IOException {
        try (NDManager root = Torch.start(2); Network net = network(root); NDManager scope = root.newSubManager()) {
            var step = new TrainStep(net, AdamW.published(new ParameterGroups(1, 0.05)), Precision.FP32);
            float[] targets = new float[28];
            targets[3] = -1;
            var x = input(scope);
            assertTrue(step.run(scope, x, targets, new float[0], 1e-3).finite(), "an unknown label is left out");
            float[] before = net.export().get("head.weight").floats();
            targets[3] = Float.POSITIVE_INFINITY;
            assertTrue(!step.run(scope, x, targets, new float[0], 1e-3).finite());
            assertNear(before, net.export().get("head.weight").floats(), 0, "head after a bad step");
        }
    }

    @Test
    void brainFloatProductsDoNotChangeTheDirection() throws IOException {
        Golden golden = Golden.of("finetune_steps");
        try (NDManager root = Torch.start(2); Network net = network(root); NDManager scope = root.newSubManager();
                TrainStep step = new TrainStep(net, AdamW.published(new ParameterGroups(0.55, 0.05)), Precision.BF16)) {
            double expected = golden.json("expected.json").get("loss_before_step").get(0).asDouble();
            var result = step.run(scope, input(scope), golden.floats("targets"), new float[0], 1e-3);
            assertEquals(expected, result.loss(), 5e-3);
            assertTrue(Double.isFinite(result.gradientNorm()));
        }
    }

    private static NDArray input(NDManager scope) throws IOException {
        return scope.create(FloatBuffer.wrap(Golden.of("forward_ti").floats("input")), new Shape(2, 3, 224, 224));
    }

    private static Network network(NDManager root) throws IOException {
        return new Network(root, Architecture.EVA_X_TI, Golden.tiny(FinalNorm.KEEP), 224, Architecture.MEAN, Architecture.STD);
    }
}
