package io.hilum.trainer.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.hilum.model.weights.Tensor;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One step of fine-tuning: a single call is forward, loss, gradients and the {@link Optimizer}'s change of all weights
 * in place. One thread. Its arrays belong to the network's manager and are freed with it.
 */
public final class TrainStep implements AutoCloseable {
    private static final long PLACE_SEED = 224;

    private final Network network;
    private final ScriptModule module;
    private final Optimizer optimizer;
    private final NDArray lossWeights;
    private final boolean placed;

    /** Mean loss of the batch before the step, and the gradient's global norm before clipping. */
    public record Result(float loss, float gradientNorm) {
        public boolean finite() {
            return Float.isFinite(loss) && Float.isFinite(gradientNorm);
        }
    }

    public TrainStep(Network network, AdamW adam, Precision precision) {
        this(network, adam, precision, 0, 0);
    }

    /**
     * @param placeWeight weight of the boxes' loss; 0 for none
     * @param mapWeight weight of the heat maps' loss; needs a placeWeight
     */
    public TrainStep(Network network, AdamW adam, Precision precision, double placeWeight, double mapWeight) {
        this.network = network;
        this.module = network.load(EvaXScript.STEP, precision);
        this.placed = placeWeight > 0;
        this.lossWeights = network.manager().create(new double[] {placeWeight, mapWeight});
        List<String> names = new ArrayList<>(network.names());
        List<NDArray> weights = network.weights();
        if (placed) {
            addPlaceHead(names, weights);
        }
        this.optimizer = new Optimizer(network.manager(), adam, names, weights);
    }

    /** The head that finds lesions in single patches while training; it is saved with the state, never with the model. */
    private void addPlaceHead(List<String> names, List<NDArray> weights) {
        int dim = network.architecture().dim();
        float[] values = new float[network.classes() * dim];
        var random = new java.util.SplittableRandom(PLACE_SEED);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (0.1 * random.nextGaussian());
        }
        float[] rare = new float[network.classes()];
        java.util.Arrays.fill(rare, -2.5f);
        weights.add(network.floats(values, network.classes(), dim));
        weights.add(network.floats(rare, network.classes()));
        names.add("place.weight");
        names.add("place.bias");
    }

    /** As {@link #run(ByteBuffer, float[], float[], float[], double)}, without places. */
    public Result run(ByteBuffer images, float[] targets, float[] keep, double learningRate) {
        return run(images, targets, new float[0], keep, learningRate);
    }

    /**
     * One step. When loss or gradient is not finite, nothing is changed.
     *
     * @param images [B * S * S] grey bytes
     * @param targets [B * L]: 0..1, negative where not known
     * @param places [B * L * G * G] share of each patch that the lesion's box covers, negative where not known; empty for none
     * @param keep [24 * B] multipliers of the residual branches (drop path); empty for none
     */
    public Result run(ByteBuffer images, float[] targets, float[] places, float[] keep, double learningRate) {
        try (NDManager scope = network.manager().newSubManager()) {
            return run(scope, network.input(scope, images), targets, places, keep, learningRate);
        }
    }

    Result run(NDManager scope, NDArray x, float[] targets, float[] keep, double learningRate) {
        return run(scope, x, targets, new float[0], keep, learningRate);
    }

    private Result run(NDManager scope, NDArray x, float[] targets, float[] places, float[] keep, double learningRate) {
        long batch = x.getShape().get(0);
        if (places.length == 0 && placed) {
            throw new IllegalArgumentException("This training teaches the lesions' places, so each batch needs them.");
        }
        NDArray y = scope.create(FloatBuffer.wrap(targets), new Shape(batch, network.classes()), DataType.FLOAT32);
        NDArray place = places.length == 0 ? scope.zeros(new Shape(0))
            : scope.create(FloatBuffer.wrap(places), new Shape(batch, network.classes(), places.length / batch / network.classes()), DataType.FLOAT32);
        NDArray drop = keep.length == 0 ? scope.zeros(new Shape(0))
            : scope.create(FloatBuffer.wrap(keep), new Shape(keep.length / batch, batch), DataType.FLOAT32);
        try (NDList out = module.run(optimizer.arguments(scope, learningRate, x, y, place, network.rope(), drop, lossWeights))) {
            float[] values = out.head().toFloatArray();
            return new Result(values[0], values[1]);
        }
    }

    /** The weights to evaluate and to keep: the moving average where there is one. */
    public Map<String, Tensor> result() {
        Map<String, Tensor> all = optimizer.result();
        all.keySet().retainAll(network.names());
        return all;
    }

    /** Everything that a later {@link #load} needs to go on as if nothing had happened. */
    public Map<String, Tensor> save() {
        return optimizer.save();
    }

    /** Takes up what {@link #save} gave; fails when it belongs to another network or optimizer. */
    public void load(Map<String, Tensor> saved) {
        optimizer.load(saved);
    }

    @Override
    public void close() {
        module.close();
    }
}
