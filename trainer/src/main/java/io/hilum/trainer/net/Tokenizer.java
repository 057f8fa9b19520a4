package io.hilum.trainer.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.hilum.model.Architecture;
import io.hilum.model.weights.TokenizerWeights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The frozen teacher of masked image modelling: what it says about each patch is what the student learns to predict
 * (EVA-02, Fang et al., 2023; EVA-X takes MGCA's ViT-B/16). Plain ViT or EVA-X, any number of blocks.
 *
 * <p>One thread at a time; close it to free the weights.
 */
public final class Tokenizer implements AutoCloseable {
    private final NDManager manager;
    private final Architecture architecture;
    private final int size;
    private final List<NDArray> weights = new ArrayList<>();
    private final NDArray rope;
    private final ScriptModule module;

    /**
     * @param parent the manager whose child will own everything here
     * @param size side of the input in pixels, to which the teacher's weights were fitted
     * @param precision of the products; features are fp32 in any case
     */
    public Tokenizer(NDManager parent, TokenizerWeights teacher, int size, Precision precision) {
        this.manager = parent.newSubManager();
        this.architecture = teacher.architecture();
        this.size = size;
        int grid = Architecture.grid(size);
        architecture.tokenizer(grid, teacher.blocks()).forEach((name, shape) ->
            weights.add(Network.floats(manager, teacher.tensors().get(name).floats(), shape)));
        this.rope = Network.ropeTable(manager, grid);
        this.module = new ScriptModule(manager, EvaXScript.TOKENIZER, architecture, teacher.blocks(), precision, teacher.mean(), teacher.std());
    }

    /**
     * A teacher from a file in the MGCA layout, or from any weights that have a final norm.
     *
     * @param size side of the input in pixels; positions are resized to it
     * @throws IOException with a sentence, when the file is damaged or holds no teacher
     */
    public static Tokenizer open(NDManager parent, Path file, int size, Precision precision) throws IOException {
        return new Tokenizer(parent, TokenizerWeights.read(file, Architecture.grid(size)), size, precision);
    }

    /** Values of a feature: 768 for a ViT-B. */
    public int width() {
        return architecture.dim();
    }

    /** Side of the input in pixels. */
    public int size() {
        return size;
    }

    public Architecture architecture() {
        return architecture;
    }

    /**
     * @param scope owner of the result
     * @param images [B * S * S] grey bytes; normalised here as the teacher wants it
     * @return [B, G * G, width] fp32 features after the final norm, without the class token and without a gradient
     */
    public NDArray features(NDManager scope, ByteBuffer images) {
        long batch = images.remaining() / ((long) size * size);
        try (NDArray x = scope.create(images, new Shape(batch, 1, size, size), DataType.UINT8)) {
            return features(x);
        }
    }

    /**
     * @param x [B, 1, S, S] bytes, or [B, 1 or 3, S, S] floats that are normalised already
     * @return as {@link #features(NDManager, ByteBuffer)}, owned by the manager of x
     */
    public NDArray features(NDArray x) {
        NDList out = module.run(x, rope, weights);
        return out.head();
    }

    @Override
    public void close() {
        module.close();
        manager.close();
    }
}
