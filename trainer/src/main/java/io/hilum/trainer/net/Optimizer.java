package io.hilum.trainer.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.hilum.model.weights.Tensor;
import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * AdamW's state over a list of weights: moments, counts, the moving average, and what a script's {@code update}
 * (optimizer.torchscript) needs to know. It computes nothing itself; fine-tuning and pre-training each have a script
 * whose {@code forward} ends with {@code update}, and give it {@link #arguments} last.
 *
 * <p>One thread. Its arrays belong to the manager that it was made with and are freed with it.
 */
final class Optimizer {
    private final NDManager manager;
    private final AdamW adam;
    private final List<String> names;
    private final List<NDArray> weights;
    private final List<NDArray> first;
    private final List<NDArray> second;
    private final List<NDArray> counts = new ArrayList<>();
    private final List<NDArray> average = new ArrayList<>();
    private final NDArray settings;
    private final double[] multiplier;
    private final double[] decay;

    /**
     * @param names of the weights, in their order; they decide over the {@link ParameterGroups}
     * @param weights F32; the script changes them in place
     */
    Optimizer(NDManager manager, AdamW adam, List<String> names, List<NDArray> weights) {
        this.manager = manager;
        this.adam = adam;
        this.names = List.copyOf(names);
        this.weights = List.copyOf(weights);
        this.first = zeros(weights);
        this.second = zeros(weights);
        for (NDArray w : weights) {
            counts.add(manager.zeros(new Shape(), DataType.FLOAT32));
            if (adam.ema() > 0) {
                average.add(w.duplicate());
            }
        }
        if (average.isEmpty()) {
            // An empty list has no name in the call.
            average.add(manager.zeros(new Shape(1), DataType.FLOAT32));
        }
        this.settings = manager.create(new double[] {adam.beta1(), adam.beta2(), adam.eps(), adam.clip(), adam.ema()});
        this.multiplier = new double[weights.size()];
        this.decay = new double[weights.size()];
        for (int i = 0; i < this.names.size(); i++) {
            var group = adam.groups().of(this.names.get(i), weights.get(i).getShape().getShape());
            multiplier[i] = group.multiplier();
            decay[i] = group.weightDecay();
        }
    }

    private static List<NDArray> zeros(List<NDArray> like) {
        List<NDArray> out = new ArrayList<>();
        for (NDArray array : like) {
            out.add(array.zerosLike());
        }
        return out;
    }

    /**
     * The arguments of a script that ends with {@code update}: {@code before}, then groups, settings, weights, both
     * moments, counts and average.
     *
     * @param scope owns the table of groups
     * @param learningRate of the fastest group
     */
    Object[] arguments(NDManager scope, double learningRate, Object... before) {
        Object[] all = Arrays.copyOf(before, before.length + 7);
        Object[] own = {groups(scope, learningRate), settings, weights, first, second, counts, average};
        System.arraycopy(own, 0, all, before.length, own.length);
        return all;
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
        double[] flat = runs.stream().flatMapToDouble(Arrays::stream).toArray();
        return scope.create(DoubleBuffer.wrap(flat), new Shape(runs.size(), 3), DataType.FLOAT64);
    }

    /** The weights to evaluate and to keep, by name: the moving average where there is one. */
    Map<String, Tensor> result() {
        return export("", adam.ema() > 0 ? average : weights);
    }

    /** Everything that a later {@link #load} needs to go on as if nothing had happened. */
    Map<String, Tensor> save() {
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
    void load(Map<String, Tensor> saved) {
        restore(saved, "w:", weights);
        restore(saved, "m:", first);
        restore(saved, "v:", second);
        if (adam.ema() > 0) {
            restore(saved, "e:", average);
        }
        float count = saved.get("count").floats()[0];
        counts.forEach(c -> c.set(new float[] {count}));
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
