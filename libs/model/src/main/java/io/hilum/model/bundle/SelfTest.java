package io.hilum.model.bundle;

import io.hilum.model.Architecture;
import io.hilum.model.weights.DType;
import io.hilum.model.weights.Safetensors;
import io.hilum.model.weights.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Inputs with the outputs that the trainer computed for them. The form of both {@code probe.safetensors}, which the
 * trainer writes and the exporter proves against, and {@code selftest.safetensors}, which a bundle carries so that
 * an engine proves itself on the machine it runs on.
 *
 * @param size side of an input, in pixels
 * @param labels labels an image
 * @param maps maps an image
 * @param inputs uint8 [N,1,S,S], tensor {@code inputs}
 * @param logits fp32 [N,L], tensor {@code logits}
 * @param classes which labels the maps explain, [N,K], tensor {@code cam_classes}: int64 [N,K], or [K] for all images
 * @param raw Grad-CAM before ReLU, fp32 [N,K,g,g], tensor {@code cam_raw}
 */
public record SelfTest(int size, int labels, int maps, byte[][] inputs, float[][] logits, int[][] classes, float[][][] raw) {

    /** How many inputs a bundle carries, and the fewest that a probe may have. */
    public static final int INPUTS = 16;

    /**
     * Reads a probe or a self-test of a model with these labels and this input.
     *
     * @throws BundleDamagedException when a tensor is missing or misshapen
     */
    public static SelfTest read(Path file, int size, int labels) throws IOException {
        try {
            return parse(Safetensors.read(file), size, labels);
        } catch (IllegalArgumentException | ArithmeticException wrong) {
            throw new BundleDamagedException("The file " + file + " does not fit the model: " + wrong.getMessage(), wrong);
        }
    }

    private static SelfTest parse(Safetensors file, int size, int labels) {
        int grid = Architecture.grid(size);
        int count = side(file, "inputs", 0);
        Tensor inputs = shaped(file, "inputs", DType.U8, count, 1, size, size);
        Tensor logits = shaped(file, "logits", DType.F32, count, labels);
        Tensor ids = file.get("cam_classes");
        int maps = side(file, "cam_classes", ids.shape().length - 1);
        boolean shared = ids.shape().length == 1;
        shaped(file, "cam_classes", DType.I64, shared ? new long[] {maps} : new long[] {count, maps});
        Tensor raw = shaped(file, "cam_raw", DType.F32, count, maps, grid, grid);
        if (count < INPUTS) {
            throw new IllegalArgumentException("it has " + count + " inputs, " + INPUTS + " are needed.");
        }
        if (maps < 1) {
            throw new IllegalArgumentException("it has no heat maps, one an image is needed.");
        }

        byte[] pixels = inputs.bytes();
        float[] scores = logits.floats();
        long[] labelIds = ids.longs();
        float[] cells = raw.floats();
        byte[][] allInputs = new byte[count][];
        float[][] allLogits = new float[count][];
        int[][] allClasses = new int[count][maps];
        float[][][] allRaw = new float[count][maps][];
        for (int i = 0; i < count; i++) {
            allInputs[i] = Arrays.copyOfRange(pixels, i * size * size, (i + 1) * size * size);
            allLogits[i] = Arrays.copyOfRange(scores, i * labels, (i + 1) * labels);
            for (int k = 0; k < maps; k++) {
                long label = labelIds[shared ? k : i * maps + k];
                if (label < 0 || label >= labels) {
                    throw new IllegalArgumentException("it explains label " + label + " of " + labels + ".");
                }
                allClasses[i][k] = (int) label;
                int from = (i * maps + k) * grid * grid;
                allRaw[i][k] = Arrays.copyOfRange(cells, from, from + grid * grid);
            }
        }
        return new SelfTest(size, labels, maps, allInputs, allLogits, allClasses, allRaw);
    }

    private static int side(Safetensors file, String name, int axis) {
        Tensor tensor = file.get(name);
        if (tensor.shape().length == 0) {
            throw new IllegalArgumentException("its tensor '" + name + "' is a single value.");
        }
        return Math.toIntExact(tensor.shape()[axis]);
    }

    private static Tensor shaped(Safetensors file, String name, DType type, long... shape) {
        Tensor tensor = file.get(name);
        if (tensor.dtype() != type || !Arrays.equals(tensor.shape(), shape)) {
            throw new IllegalArgumentException("its tensor '" + name + "' is " + tensor + ", expected is " + type
                    + Arrays.toString(shape) + ".");
        }
        return tensor;
    }

    /** The first inputs only. */
    public SelfTest first(int count) {
        return new SelfTest(size, labels, maps, Arrays.copyOf(inputs, count), Arrays.copyOf(logits, count),
                Arrays.copyOf(classes, count), Arrays.copyOf(raw, count));
    }

    public void write(Path file) throws IOException {
        int count = inputs.length;
        int cells = raw[0][0].length;
        int grid = Architecture.grid(size);
        byte[] pixels = new byte[count * size * size];
        float[] scores = new float[count * labels];
        long[] ids = new long[count * maps];
        float[] allCells = new float[count * maps * cells];
        for (int i = 0; i < count; i++) {
            System.arraycopy(inputs[i], 0, pixels, i * size * size, size * size);
            System.arraycopy(logits[i], 0, scores, i * labels, labels);
            for (int k = 0; k < maps; k++) {
                ids[i * maps + k] = classes[i][k];
                System.arraycopy(raw[i][k], 0, allCells, (i * maps + k) * cells, cells);
            }
        }
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("inputs", Tensor.of(pixels, count, 1, size, size));
        tensors.put("logits", Tensor.of(scores, count, labels));
        tensors.put("cam_classes", Tensor.of(ids, count, maps));
        tensors.put("cam_raw", Tensor.of(allCells, count, maps, grid, grid));
        Safetensors.write(file, tensors);
    }
}
