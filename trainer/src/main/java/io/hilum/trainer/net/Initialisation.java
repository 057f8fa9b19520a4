package io.hilum.trainer.net;

import io.hilum.model.Architecture;
import io.hilum.model.weights.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Weights before any training, drawn as EVA-02 draws them: linear weights Xavier normal, the patch kernel Xavier
 * uniform, tokens and positions truncated normal 0.02, biases 0, norms 1 and 0; B's output weights are enlarged
 * by sqrt(ln 24). Linear weights of a plain ViT are truncated normal 0.02 instead, as is usual for it. The head is truncated normal 0.02, made a thousand times smaller, so that training begins
 * with all probabilities near one half.
 */
public final class Initialisation {
    private static final double TOKEN_STD = 0.02;
    private static final double HEAD_SCALE = 0.001;

    private Initialisation() {}

    /** All weights of a classifier; the same seed gives the same weights. */
    public static Map<String, Tensor> draw(Architecture architecture, int grid, int classes, long seed) {
        return draw(architecture, architecture.parameters(grid, classes), seed);
    }

    /** All weights of a network to be pre-trained; {@code mask_token} is drawn as the other tokens, {@code lm_head} as any linear weight. */
    public static Map<String, Tensor> masked(Architecture architecture, int grid, int outputs, long seed) {
        return draw(architecture, MaskedWeights.shapes(architecture, grid, outputs), seed);
    }

    private static Map<String, Tensor> draw(Architecture architecture, Map<String, long[]> shapes, long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        var out = new LinkedHashMap<String, Tensor>();
        shapes.forEach((name, shape) ->
            out.put(name, Tensor.of(values(architecture, name, shape, random), shape)));
        return out;
    }

    private static float[] values(Architecture architecture, String name, long[] shape, RandomGenerator random) {
        int n = Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
        float[] out = new float[n];
        if (name.contains("norm") && name.endsWith(".weight") || name.endsWith("ffn_ln.weight")) {
            Arrays.fill(out, 1);
        } else if (name.equals("head.weight")) {
            truncatedNormal(out, TOKEN_STD, random);
            for (int i = 0; i < n; i++) {
                out[i] *= (float) HEAD_SCALE;
            }
        } else if (name.equals("cls_token") || name.equals("pos_embed") || name.equals("mask_token")) {
            truncatedNormal(out, TOKEN_STD, random);
        } else if (name.equals("patch_embed.proj.weight")) {
            double bound = Math.sqrt(6.0 / (shape[0] + n / shape[0]));
            for (int i = 0; i < n; i++) {
                out[i] = (float) random.nextDouble(-bound, bound);
            }
        } else if (shape.length == 2 && architecture.family() == Architecture.Family.VIT) {
            truncatedNormal(out, TOKEN_STD, random);
        } else if (shape.length == 2) {
            boolean enlarged = architecture.normInMlp()
                && (name.contains("attn.proj") || name.contains("attn.v_proj") || name.contains(".mlp.w"));
            double std = Math.sqrt(2.0 / (shape[0] + shape[1])) * (enlarged ? Math.sqrt(Math.log(24)) : 1);
            for (int i = 0; i < n; i++) {
                out[i] = (float) (random.nextGaussian() * std);
            }
        }
        return out;
    }

    /** Normal values; what lies beyond +-2 (absolute, as the reference cuts) cannot occur at this deviation. */
    private static void truncatedNormal(float[] out, double std, RandomGenerator random) {
        for (int i = 0; i < out.length; i++) {
            double value;
            do {
                value = random.nextGaussian() * std;
            } while (Math.abs(value) > 2);
            out[i] = (float) value;
        }
    }
}
