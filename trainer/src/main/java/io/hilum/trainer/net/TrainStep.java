package io.hilum.trainer.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.hilum.model.weights.Tensor;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The optimizer with its state: one call is forward, loss, gradients and the change of all weights in place.
 * One thread. Its arrays belong to the network's manager and are freed with it.
 */
public final class TrainStep implements AutoCloseable {
    private static final long PLACE_SEED = 224;

    private final Network network;
    private final ScriptModule module;
    private final AdamW adam;
    private final List<NDArray> weights;
    private final List<String> names;
    private final List<NDArray> first;
    private final List<NDArray> second;
    private final List<NDArray> counts;
    private final List<NDArray> average;
    private final NDArray settings;
    private final double[] multiplier;
    private final double[] decay;

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
        this.adam = adam;
        NDManager manager = network.manager();
        this.weights = network.weights();
        this.names = new ArrayList<>(network.names());
        if (placeWeight > 0) {
            addPlaceHead();
        }
        this.first = zeros(weights);
        this.second = zeros(weights);
        this.counts = new ArrayList<>();
        for (int i = 0; i < weights.size(); i++) {
            counts.add(manager.zeros(new Shape(), DataType.FLOAT32));
        }
        this.average = new ArrayList<>();
        if (adam.ema() > 0) {
            for (NDArray w : weights) {
                average.add(w.duplicate());
            }
        } else {
            average.add(manager.zeros(new Shape(1), DataType.FLOAT32));
        }
        this.settings = manager.create(new double[] {adam.beta1(), adam.beta2(), adam.eps(), adam.clip(), adam.ema(), placeWeight, mapWeight});
        this.multiplier = new double[weights.size()];
        this.decay = new double[weights.size()];
        for (int i = 0; i < names.size(); i++) {
            var group = adam.groups().of(names.get(i), weights.get(i).getShape().getShape());
            multiplier[i] = group.multiplier();
            decay[i] = group.weightDecay();
        }
    }

    /** The head that finds lesions in single patches while training; it is saved with the state, never with the model. */
    private void addPlaceHead() {
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

    private static List<NDArray> zeros(List<NDArray> like) {
        List<NDArray> out = new ArrayList<>();
        for (NDArray array : like) {
            out.add(array.zerosLike());
        }
        return out;
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
        if (places.length == 0 && names.size() > network.names().size()) {
            throw new IllegalArgumentException("This training teaches the lesions' places, so each batch needs them.");
        }
        NDArray y = scope.create(FloatBuffer.wrap(targets), new Shape(batch, network.classes()), DataType.FLOAT32);
        NDArray place = places.length == 0 ? scope.zeros(new Shape(0))
            : scope.create(FloatBuffer.wrap(places), new Shape(batch, network.classes(), places.length / batch / network.classes()), DataType.FLOAT32);
        NDArray drop = keep.length == 0 ? scope.zeros(new Shape(0))
            : scope.create(FloatBuffer.wrap(keep), new Shape(keep.length / batch, batch), DataType.FLOAT32);
        NDArray groups = groups(scope, learningRate);
        try (NDList out = module.run(x, y, place, network.rope(), drop, groups, settings,
                weights, first, second, counts, average)) {
            float[] values = out.head().toFloatArray();
            return new Result(values[0], values[1]);
        }
    }

    /** [runs, 3]: learning rate, weight decay, and how many weights in a row share them. */
    private NDArray groups(NDManager scope, double learningRate) {
        List<double[]> runs = new ArrayList<>();
        for (int i = 0; i < multiplier.length; i++) {
            double rate = learningRate * multiplier[i];
            double[] last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
            if (last != null && last[0] == rate && last[1] == decay[i]) {
                last[2]++;
            } else {
                runs.add(new double[] {rate, decay[i], 1});
            }
        }
        double[] flat = runs.stream().flatMapToDouble(java.util.Arrays::stream).toArray();
        return scope.create(DoubleBuffer.wrap(flat), new Shape(runs.size(), 3), DataType.FLOAT64);
    }

    /** The weights to evaluate and to keep: the moving average where there is one. */
    public Map<String, Tensor> result() {
        if (adam.ema() == 0) {
            return network.export();
        }
        Map<String, Tensor> averages = export("", average);
        averages.keySet().retainAll(network.names());
        return averages;
    }

    /** Everything that a later {@link #load} needs to go on as if nothing had happened. */
    public Map<String, Tensor> save() {
        var all = new LinkedHashMap<>(export("w:", weights));
        all.putAll(export("m:", first));
        all.putAll(export("v:", second));
        if (adam.ema() > 0) {
            all.putAll(export("e:", average));
        }
        all.put("count", Tensor.of(new float[] {counts.get(0).getFloat()}, 1));
        return all;
    }

    /** Takes up what {@link #save} gave; fails when it belongs to another network or optimizer. */
    public void load(Map<String, Tensor> saved) {
        restore(saved, "w:", weights);
        restore(saved, "m:", first);
        restore(saved, "v:", second);
        if (adam.ema() > 0) {
            restore(saved, "e:", average);
        }
        float count = saved.get("count").floats()[0];
        counts.forEach(c -> c.set(new float[] {count}));
    }

    @Override
    public void close() {
        module.close();
    }

    private Map<String, Tensor> export(String prefix, List<NDArray> arrays) {
        var out = new LinkedHashMap<String, Tensor>();
        for (int i = 0; i < names.size(); i++) {
            out.put(prefix + names.get(i), Tensor.of(arrays.get(i).toFloatArray(), arrays.get(i).getShape().getShape()));
        }
        return out;
    }

    private void restore(Map<String, Tensor> saved, String prefix, List<NDArray> arrays) {
        for (int i = 0; i < names.size(); i++) {
            Tensor tensor = saved.get(prefix + names.get(i));
            if (tensor == null || tensor.size() != arrays.get(i).size()) {
                throw new IllegalArgumentException(
                    "The saved training does not fit: '%s' is %s.".formatted(prefix + names.get(i), tensor));
            }
            arrays.get(i).set(tensor.floats());
        }
    }
}
