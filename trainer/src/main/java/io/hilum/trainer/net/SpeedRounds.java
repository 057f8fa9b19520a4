package io.hilum.trainer.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.hilum.model.Architecture;
import io.hilum.model.weights.Tensor;
import java.nio.FloatBuffer;
import java.util.Map;

/**
 * Timed rounds of the very step and forward pass that trainings run, on inputs in the form that any other
 * implementation takes, too: normalised floats with three channels. For {@code ./hilum bench train}. One thread.
 */
public final class SpeedRounds implements AutoCloseable {
    private static final double RATE = 1e-3;
    private static final ParameterGroups PUBLISHED = new ParameterGroups(0.55, 0.05);

    private final NDManager root;
    private final Map<String, Tensor> weights;
    private final float[] images;
    private final float[] targets;
    private final int size;
    private final Network network;
    private final TrainStep step;

    /**
     * @param threads of one operation; holds only when libtorch has not been started yet
     * @param images [N,3,S,S] normalised
     * @param targets [N,L] 0..1
     */
    public SpeedRounds(int threads, Architecture architecture, Map<String, Tensor> weights, Tensor images, Tensor targets) {
        this.root = Torch.start(threads);
        this.weights = weights;
        this.images = images.floats();
        this.targets = targets.floats();
        this.size = (int) images.shape()[2];
        this.network = new Network(root, architecture, weights, size, Architecture.MEAN, Architecture.STD);
        this.step = step(network);
    }

    private static TrainStep step(Network network) {
        return new TrainStep(network, AdamW.published(PUBLISHED), Precision.FP32);
    }

    /** Logits of the images, and the losses of the first {@code steps} steps from the weights given. */
    public record Check(float[] logits, float[] losses) {}

    public Check check(int steps) {
        try (NDManager scope = root.newSubManager(); Network fresh = network.with(weights); TrainStep training = step(fresh)) {
            int films = images.length / (3 * size * size);
            NDArray x = input(scope, films);
            float[] losses = new float[steps];
            float[] logits;
            try (NDList out = fresh.module(EvaXScript.LOGITS).run(x, fresh.rope(), fresh.weights())) {
                logits = out.head().toFloatArray();
            }
            for (int i = 0; i < steps; i++) {
                losses[i] = training.run(scope, x, targets(films), new float[0], RATE).loss();
            }
            return new Check(logits, losses);
        }
    }

    /** Seconds of {@code steps} training steps of {@code batch} images. */
    public double train(int batch, int steps) {
        try (NDManager scope = root.newSubManager()) {
            NDArray x = input(scope, batch);
            float[] y = targets(batch);
            long started = System.nanoTime();
            for (int i = 0; i < steps; i++) {
                step.run(scope, x, y, new float[0], RATE);
            }
            return (System.nanoTime() - started) / 1e9;
        }
    }

    /** Seconds of {@code calls} forward passes of {@code batch} images. */
    public double forward(int batch, int calls) {
        try (NDManager scope = root.newSubManager()) {
            NDArray x = input(scope, batch);
            ScriptModule module = network.module(EvaXScript.LOGITS);
            long started = System.nanoTime();
            for (int i = 0; i < calls; i++) {
                module.run(x, network.rope(), network.weights()).close();
            }
            return (System.nanoTime() - started) / 1e9;
        }
    }

    private NDArray input(NDManager scope, int batch) {
        return scope.create(FloatBuffer.wrap(repeated(images, 3 * size * size, batch)), new Shape(batch, 3, size, size), DataType.FLOAT32);
    }

    private float[] targets(int batch) {
        return repeated(targets, network.classes(), batch);
    }

    private static float[] repeated(float[] values, int each, int times) {
        float[] out = new float[each * times];
        for (int i = 0; i < out.length; i++) {
            out[i] = values[i % values.length];
        }
        return out;
    }

    @Override
    public void close() {
        step.close();
        network.close();
        root.close();
    }
}
