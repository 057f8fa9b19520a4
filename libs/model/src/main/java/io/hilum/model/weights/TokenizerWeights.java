package io.hilum.model.weights;

import io.hilum.model.Architecture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A frozen teacher of pre-training, ready to run: every weight of {@link Architecture#tokenizer}, F32.
 *
 * @param blocks transformer blocks, as many as the file has
 * @param tensors fitted to the input size
 * @param mean of a film in [0, 1] that the teacher was trained with
 * @param std deviation that belongs to mean
 */
public record TokenizerWeights(Architecture architecture, int blocks, Map<String, Tensor> tensors, double mean, double std) {
    /**
     * Reads a teacher in the MGCA layout, or any other file with a network that has a final {@code norm}.
     *
     * @param grid patches a side of the input; positions are resized to it
     * @throws IOException with a sentence naming the file and what is wrong with it
     */
    public static TokenizerWeights read(Path file, int grid) throws IOException {
        WeightFile weights = WeightFile.read(file);
        try {
            return of(weights, grid);
        } catch (IllegalArgumentException e) {
            throw new IOException("%s cannot be a teacher: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static TokenizerWeights of(WeightFile weights, int grid) {
        Recognition found = Recognition.of(weights.tensors());
        Architecture architecture = found.architecture();
        var out = new LinkedHashMap<String, Tensor>();
        architecture.tokenizer(grid, found.blocks()).forEach((name, shape) -> {
            Tensor tensor = weights.tensors().get(name);
            if (tensor == null && name.startsWith("norm.")) {
                // A classifier has its norm after pooling; on single patches it is the nearest there is.
                tensor = weights.tensors().get("fc_" + name);
            }
            if (tensor == null) {
                throw new IllegalArgumentException("it lacks '%s', which %s needs; import a teacher with --keep-pretraining."
                    .formatted(name, architecture.id()));
            }
            Tensor fitted = name.equals("pos_embed") ? ReferenceWeights.positions(tensor, architecture.dim(), grid) : tensor.toF32();
            if (!Arrays.equals(fitted.shape(), shape)) {
                throw new IllegalArgumentException("'%s' is %s, but %s needs %s."
                    .formatted(name, tensor, architecture.id(), Arrays.toString(shape)));
            }
            out.put(name, fitted);
        });
        return new TokenizerWeights(architecture, found.blocks(), out,
            number(weights, "mean", architecture.mean()), number(weights, "std", architecture.std()));
    }

    private static double number(WeightFile weights, String key, double otherwise) {
        String text = weights.metadata().get(key);
        return text == null ? otherwise : Double.parseDouble(text);
    }
}
