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
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * One step of fine-tuning: a single call is forward, loss, gradients and the {@link Optimizer}'s change of all weights
 * in place. A step of several passes adds up gradients first, so that it is the step of one large batch in the memory
 * of a small one. One thread. Its arrays belong to the network's manager and are freed with it.
 */
public final class TrainStep implements AutoCloseable {
    private static final long PLACE_SEED = 224;

    private final Network network;
    private final ScriptModule module;
    private final Optimizer optimizer;
    private final List<NDArray> sums = new ArrayList<>();
    private final Loss loss;
    private final double placeWeight;
    private final double mapWeight;

    /** What a call does with its gradients. */
    private enum Then {
        STEP, ADD, ADD_AND_STEP
    }

    /** Mean loss of the batch before the step, and the gradient's global norm before clipping. */
    public record Result(float loss, float gradientNorm) {
        public boolean finite() {
            return Float.isFinite(loss) && Float.isFinite(gradientNorm);
        }
    }

    /** Multi-label, without places, one pass a step. */
    public TrainStep(Network network, AdamW adam, Precision precision) {
        this(network, adam, precision, Loss.BCE, 0, 0, 1);
    }

    /**
     * @param placeWeight weight of the boxes' loss; 0 for none. It knows only {@link Loss#BCE} and one pass a step, since it
     *     weighs by what else is in the batch
     * @param mapWeight weight of the heat maps' loss; needs a placeWeight
     * @param passes passes a step; more than 1 takes one more copy of the weights
     */
    public TrainStep(Network network, AdamW adam, Precision precision, Loss loss, double placeWeight, double mapWeight, int passes) {
        if (placeWeight > 0 && (loss != Loss.BCE || passes > 1)) {
            throw new IllegalArgumentException("Places are taught with the loss BCE and one pass a step.");
        }
        if (loss == Loss.CE && network.classes() < 2) {
            throw new IllegalArgumentException("Cross entropy chooses one of several labels; there is only one. Use the loss bce.");
        }
        this.network = network;
        this.module = network.load(EvaXScript.STEP, precision);
        this.loss = loss;
        this.placeWeight = placeWeight;
        this.mapWeight = mapWeight;
        List<String> names = new ArrayList<>(network.names());
        List<NDArray> weights = network.weights();
        if (placeWeight > 0) {
            addPlaceHead(names, weights);
        }
        for (NDArray w : passes > 1 ? weights : List.<NDArray>of()) {
            sums.add(w.zerosLike());
        }
        if (sums.isEmpty()) {
            // An empty list has no name in the call.
            sums.add(network.manager().zeros(new Shape(1)));
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
        Arrays.fill(rare, -2.5f);
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

    /**
     * One step of {@code passes} equal parts of the batch; to rounding the step of the whole batch. Arguments as above;
     * films must divide by passes. When any pass is not finite, no weight is changed.
     */
    public Result run(ByteBuffer images, float[] targets, float[] keep, double learningRate, int passes) {
        if (passes == 1) {
            return run(images, targets, keep, learningRate);
        }
        int films = targets.length / network.classes();
        int part = films / passes;
        int bytes = network.size() * network.size();
        double known = known(targets, 0, films);
        double total = 0;
        Result result = null;
        for (int k = 0; k < passes; k++) {
            int from = k * part;
            float[] y = Arrays.copyOfRange(targets, from * network.classes(), (from + part) * network.classes());
            double share = known == 0 ? 1.0 / passes : known(targets, from, from + part) / known;
            try (NDManager scope = network.manager().newSubManager()) {
                NDArray x = network.input(scope, images.slice(images.position() + from * bytes, part * bytes));
                result = call(scope, x, y, new float[0], columns(keep, films, from, part), learningRate, share,
                    k + 1 < passes ? Then.ADD : Then.ADD_AND_STEP);
            }
            total += result.loss();
            if (!result.finite()) {
                sums.forEach(sum -> sum.set(new float[(int) sum.size()]));
                break;
            }
        }
        return new Result((float) total, result.gradientNorm());
    }

    /** What the mean is taken over: known labels, or films whose labels are all known. */
    private double known(float[] targets, int from, int to) {
        int labels = network.classes();
        int count = 0;
        for (int film = from; film < to; film++) {
            int here = 0;
            for (int l = 0; l < labels; l++) {
                here += targets[film * labels + l] >= 0 ? 1 : 0;
            }
            count += loss == Loss.BCE ? here : here == labels ? 1 : 0;
        }
        return count;
    }

    /** Some columns of a table [rows * columns]. */
    private static float[] columns(float[] table, int columns, int from, int count) {
        float[] out = new float[table.length / columns * count];
        for (int row = 0; row < table.length / columns; row++) {
            System.arraycopy(table, row * columns + from, out, row * count, count);
        }
        return out;
    }

    Result run(NDManager scope, NDArray x, float[] targets, float[] keep, double learningRate) {
        return run(scope, x, targets, new float[0], keep, learningRate);
    }

    private Result run(NDManager scope, NDArray x, float[] targets, float[] places, float[] keep, double learningRate) {
        return call(scope, x, targets, places, keep, learningRate, 1, Then.STEP);
    }

    /** @param share what the loss and its gradients are multiplied with */
    private Result call(NDManager scope, NDArray x, float[] targets, float[] places, float[] keep, double learningRate, double share, Then then) {
        long batch = x.getShape().get(0);
        if (places.length == 0 && placeWeight > 0) {
            throw new IllegalArgumentException("This training teaches the lesions' places, so each batch needs them.");
        }
        NDArray y = scope.create(FloatBuffer.wrap(targets), new Shape(batch, network.classes()), DataType.FLOAT32);
        NDArray place = places.length == 0 ? scope.zeros(new Shape(0))
            : scope.create(FloatBuffer.wrap(places), new Shape(batch, network.classes(), places.length / batch / network.classes()), DataType.FLOAT32);
        NDArray drop = keep.length == 0 ? scope.zeros(new Shape(0))
            : scope.create(FloatBuffer.wrap(keep), new Shape(keep.length / batch, batch), DataType.FLOAT32);
        NDArray extra = scope.create(new double[] {placeWeight, mapWeight, loss.ordinal(), share, then.ordinal()});
        try (NDList out = module.run(optimizer.arguments(scope, learningRate, x, y, place, network.rope(), drop, extra, sums))) {
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
