package io.hilum.trainer.train;

import io.hilum.model.Architecture;
import io.hilum.trainer.data.RandomStream;
import java.util.SplittableRandom;

/**
 * Stochastic depth: each film loses each residual branch with a probability that rises linearly over the
 * blocks from 0 to {@code rate}; what stays is enlarged so that its mean is kept.
 */
record DropPath(double rate) {
    /** How branches are drawn; a training that was begun with another way does not go on. The first was alike for many pairs of seeds. */
    static final int SCHEME = 2;
    /** Keeps these draws apart from those of films. */
    private static final long BRANCHES = 0x6272616e6368L;

    /** [24 * batch] multipliers (attention, then MLP, of each block); empty when the rate is 0. */
    float[] draw(int batch, long seed, long step) {
        if (rate == 0) {
            return new float[0];
        }
        SplittableRandom random = RandomStream.at(seed ^ BRANCHES, step, 0);
        int blocks = Architecture.BLOCKS;
        float[] out = new float[2 * blocks * batch];
        for (int branch = 0; branch < 2 * blocks; branch++) {
            double lose = rate * (branch / 2) / (blocks - 1);
            for (int b = 0; b < batch; b++) {
                out[branch * batch + b] = random.nextDouble() < lose ? 0 : (float) (1 / (1 - lose));
            }
        }
        return out;
    }
}
