package io.hilum.benchmarks.gpu;

import io.hilum.model.Architecture;
import io.hilum.model.weights.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * Random weights of a whole network, for where there is no trained one: neither speed nor rounding depend much on what was
 * learned. Equal on every machine, since {@link Random} is specified to the bit, so a seed travels in place of 450 MB.
 *
 * <p>The spreads keep tokens and logits of the order of 1 through all blocks, so that half precision is tested where
 * trained networks use it, and every bias and norm counts.
 */
final class DrawnWeights {
    private DrawnWeights() {}

    static Map<String, Tensor> draw(Architecture architecture, int size, int labels, long seed) {
        Random random = new Random(seed);
        Map<String, Tensor> weights = new LinkedHashMap<>();
        architecture.parameters(Architecture.grid(size), labels).forEach((name, shape) -> {
            float[] values = new float[Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact))];
            boolean gain = name.endsWith("weight") && shape.length == 1;
            double spread = spread(name, shape);
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) ((gain ? 1 : 0) + spread * random.nextGaussian());
            }
            weights.put(name, Tensor.of(values, shape));
        });
        return weights;
    }

    private static double spread(String name, long[] shape) {
        if (shape.length == 1 || name.equals("cls_token") || name.equals("pos_embed")) {
            return 0.1;
        }
        double fan = Arrays.stream(shape).skip(1).reduce(1, Math::multiplyExact);
        // The three channels are equal, so their kernels add up to thrice one.
        return name.startsWith("patch_embed") ? 0.3 / Math.sqrt(fan) : 1 / Math.sqrt(fan);
    }
}
