package io.hilum.model.weights;

import io.hilum.model.Architecture;
import io.hilum.model.weights.ReferenceWeights.FinalNorm;
import java.io.IOException;
import java.nio.file.Path;
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
     * Reads a teacher in the MGCA layout, or any other file with a network that has a final {@code norm}. A classifier,
     * whose norm comes after pooling, lends its {@code fc_norm}: on single patches it is the nearest there is.
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
        WeightImport imported = WeightImport.of(weights, new WeightImport.Options(null, grid, FinalNorm.FRESH, true));
        Architecture architecture = imported.found().architecture();
        var out = new LinkedHashMap<String, Tensor>();
        architecture.tokenizer(grid, imported.found().blocks()).keySet().forEach(name -> {
            Tensor tensor = imported.tensors().get(name);
            if (tensor == null) {
                tensor = imported.tensors().get("fc_" + name);
            }
            if (tensor == null) {
                throw new IllegalArgumentException("It has no final '%s'; import it anew with --keep-pretraining.".formatted(name));
            }
            out.put(name, tensor);
        });
        return new TokenizerWeights(architecture, imported.found().blocks(), out,
            number(weights, "mean", architecture.mean()), number(weights, "std", architecture.std()));
    }

    private static double number(WeightFile weights, String key, double otherwise) {
        String text = weights.metadata().get(key);
        return text == null ? otherwise : Double.parseDouble(text);
    }
}
