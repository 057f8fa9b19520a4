package io.hilum.benchmarks.train;

import io.hilum.model.Architecture;
import io.hilum.model.weights.Safetensors;
import io.hilum.model.weights.Tensor;
import io.hilum.trainer.net.Initialisation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * Weights, images and targets that both sides begin with. Random: speed does not depend on what was learned. Biases
 * and the head, which begin at (about) zero in a training, are drawn, too, so that comparing the logits compares everything.
 *
 * @param images F32 [2,3,S,S], normalised
 * @param targets F32 [2,L], 0 or 1
 */
public record PeerFile(Map<String, Tensor> weights, Tensor images, Tensor targets) {
    private static final int FILMS = 2;

    public static PeerFile draw(Architecture architecture, int size, int labels, long seed) {
        var random = new Random(seed);
        var weights = new LinkedHashMap<String, Tensor>();
        Initialisation.draw(architecture, Architecture.grid(size), labels, seed).forEach((name, tensor) -> {
            boolean silent = name.endsWith("bias") || name.startsWith("head.");
            weights.put(name, silent ? normal(random, 0.1, tensor.shape()) : tensor);
        });
        Tensor images = normal(random, 1, FILMS, 3, size, size);
        float[] targets = new float[FILMS * labels];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = random.nextInt(2);
        }
        return new PeerFile(weights, images, Tensor.of(targets, FILMS, labels));
    }

    private static Tensor normal(Random random, double spread, long... shape) {
        long size = 1;
        for (long side : shape) {
            size *= side;
        }
        float[] values = new float[Math.toIntExact(size)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (spread * random.nextGaussian());
        }
        return Tensor.of(values, shape);
    }

    public void write(Path file) throws IOException {
        var all = new LinkedHashMap<>(weights);
        all.put("images", images);
        all.put("targets", targets);
        Safetensors.write(file, all);
    }
}
