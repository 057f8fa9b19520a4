package io.hilum.trainer.net;

import ai.djl.ndarray.NDManager;
import io.hilum.model.Architecture;
import java.nio.ByteBuffer;

/** Says "stepping" and then trains until it is ended from outside; see {@link ExitGateTest}. */
final class EndlessSteps {
    private static final int SIZE = 112;
    private static final int BATCH = 16;

    private EndlessSteps() {}

    public static void main(String[] args) {
        var weights = Initialisation.draw(Architecture.EVA_X_TI, Architecture.grid(SIZE), 2, 1);
        try (NDManager root = Torch.start(1);
                Network net = new Network(root, Architecture.EVA_X_TI, weights, SIZE, Architecture.MEAN, Architecture.STD);
                TrainStep step = new TrainStep(net, AdamW.published(new ParameterGroups(1, 0.05)), Precision.FP32)) {
            ByteBuffer images = ByteBuffer.allocateDirect(BATCH * SIZE * SIZE);
            while (true) {
                step.run(images.duplicate(), new float[2 * BATCH], new float[0], 1e-5);
                System.out.println("stepping");
            }
        }
    }
}
