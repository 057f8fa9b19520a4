package io.hilum.trainer.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.hilum.model.Architecture;
import io.hilum.model.Rope;
import io.hilum.model.weights.Tensor;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network with weights, in libtorch's memory. One thread at a time; close it to free the weights.
 */
public final class Network implements AutoCloseable {
    private final NDManager manager;
    private final Architecture architecture;
    private final int size;
    private final int classes;
    private final Map<String, long[]> shapes;
    private final double mean;
    private final double std;
    private final Map<String, NDArray> weights = new LinkedHashMap<>();
    private final NDArray rope;
    private final Map<EvaXScript, ScriptModule> modules = new EnumMap<>(EvaXScript.class);

    /** Logits [B * L] and raw Grad-CAM maps [B * L * G * G] of a batch, row-major. */
    public record Maps(float[] logits, float[] maps) {}

    /**
     * @param parent the manager whose child will own everything here
     * @param values every weight of {@link Architecture#parameters}, head included
     * @param size side of the input in pixels
     */
    public Network(NDManager parent, Architecture architecture, Map<String, Tensor> values, int size, double mean, double std) {
        this(parent, architecture, values, size, mean, std, classifier(architecture, values, size));
    }

    private Network(NDManager parent, Architecture architecture, Map<String, Tensor> values, int size, double mean, double std,
            Map<String, long[]> shapes) {
        this.manager = parent.newSubManager();
        this.architecture = architecture;
        this.size = size;
        this.mean = mean;
        this.std = std;
        this.shapes = shapes;
        this.classes = shapes.containsKey("head.bias") ? (int) shapes.get("head.bias")[0] : 0;
        shapes.forEach((name, shape) -> {
            Tensor tensor = values.get(name);
            if (tensor == null || !Arrays.equals(tensor.shape(), shape)) {
                throw new IllegalArgumentException("Weight '%s' must be %s for %d pixels, but is %s."
                    .formatted(name, Arrays.toString(shape), size, tensor));
            }
            weights.put(name, floats(tensor.floats(), shape));
        });
        this.rope = ropeTable(manager, Architecture.grid(size));
    }

    /**
     * A network that guesses masked patches ({@link PretrainStep}) and has no head for labels: its weights are those of
     * {@link MaskedWeights#shapes}.
     */
    public static Network student(NDManager parent, Architecture architecture, Map<String, Tensor> values, int size, double mean, double std) {
        return new Network(parent, architecture, values, size, mean, std,
            MaskedWeights.shapes(architecture, Architecture.grid(size), MaskedWeights.outputs(values)));
    }

    private static Map<String, long[]> classifier(Architecture architecture, Map<String, Tensor> values, int size) {
        Tensor bias = values.get("head.bias");
        if (bias == null) {
            throw new IllegalArgumentException("The weights have no head; a new one must be drawn first.");
        }
        return architecture.parameters(Architecture.grid(size), (int) bias.size());
    }

    /** Cosine and sine [1, 1 + G * G, 1, 32, 2]; the class token's row turns nothing. */
    static NDArray ropeTable(NDManager manager, int grid) {
        Rope table = Rope.of(grid);
        int pairs = Architecture.HEAD_DIM / 2;
        float[] out = new float[(1 + grid * grid) * pairs * 2];
        for (int k = 0; k < pairs; k++) {
            out[2 * k] = 1;
        }
        for (int i = 0; i < grid * grid * pairs; i++) {
            out[2 * (pairs + i)] = table.cos()[2 * i];
            out[2 * (pairs + i) + 1] = table.sin()[2 * i];
        }
        return floats(manager, out, 1, 1L + (long) grid * grid, 1, pairs, 2);
    }

    /** An array in libtorch's own memory (not a view of a Java buffer), owned by this network. */
    NDArray floats(float[] values, long... shape) {
        return floats(manager, values, shape);
    }

    /** An array in libtorch's own memory, owned by the manager. */
    static NDArray floats(NDManager manager, float[] values, long... shape) {
        try (NDArray view = manager.create(FloatBuffer.wrap(values), new Shape(shape), DataType.FLOAT32)) {
            NDArray own = view.duplicate();
            own.attach(manager);
            return own;
        }
    }

    /** The same network with other weights; closed with this one at the latest. */
    public Network with(Map<String, Tensor> values) {
        return new Network(manager, architecture, values, size, mean, std, shapes);
    }

    NDManager manager() {
        return manager;
    }

    NDArray rope() {
        return rope;
    }

    List<NDArray> weights() {
        return new ArrayList<>(weights.values());
    }

    /** The script in full precision; what is measured and exported is always computed so. */
    ScriptModule module(EvaXScript script) {
        return modules.computeIfAbsent(script, s -> load(s, Precision.FP32));
    }

    /** A script of its own, which the caller closes. */
    ScriptModule load(EvaXScript script, Precision precision) {
        return new ScriptModule(manager, script, architecture, Architecture.BLOCKS, precision, mean, std);
    }

    public Architecture architecture() {
        return architecture;
    }

    /** Side of the input in pixels. */
    public int size() {
        return size;
    }

    /** Number of outputs; 0 for one that is being pre-trained. */
    public int classes() {
        return classes;
    }

    /** The names of all weights, in the order of the forward pass. */
    public List<String> names() {
        return List.copyOf(weights.keySet());
    }

    /**
     * @param images [B * S * S] grey bytes
     * @return [B * L] logits
     */
    public float[] logits(ByteBuffer images) {
        try (NDManager scope = manager.newSubManager();
                NDList out = module(EvaXScript.LOGITS).run(input(scope, images), rope, weights())) {
            return out.head().toFloatArray();
        }
    }

    /** As {@link #logits}, with one raw Grad-CAM map for each output. */
    public Maps maps(ByteBuffer images) {
        try (NDManager scope = manager.newSubManager();
                NDList out = module(EvaXScript.CAM).run(input(scope, images), rope, weights())) {
            return new Maps(out.get(0).toFloatArray(), out.get(1).toFloatArray());
        }
    }

    /** [B, 1, S, S] bytes. */
    NDArray input(NDManager scope, ByteBuffer images) {
        long batch = images.remaining() / ((long) size * size);
        if (batch < 1 || batch * size * size != images.remaining()) {
            throw new IllegalArgumentException("%d bytes are no whole number of films of %d x %d."
                .formatted(images.remaining(), size, size));
        }
        return scope.create(images, new Shape(batch, 1, size, size), DataType.UINT8);
    }

    /** A copy of all weights, F32. */
    public Map<String, Tensor> export() {
        var out = new LinkedHashMap<String, Tensor>();
        weights.forEach((name, array) -> out.put(name, Tensor.of(array.toFloatArray(), array.getShape().getShape())));
        return out;
    }

    @Override
    public void close() {
        modules.values().forEach(ScriptModule::close);
        manager.close();
    }
}
