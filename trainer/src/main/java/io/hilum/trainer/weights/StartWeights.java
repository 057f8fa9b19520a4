package io.hilum.trainer.weights;

import io.hilum.model.Architecture;
import io.hilum.model.weights.ReferenceWeights;
import io.hilum.model.weights.ReferenceWeights.FinalNorm;
import io.hilum.model.weights.Tensor;
import io.hilum.model.weights.WeightImport;
import io.hilum.trainer.net.Initialisation;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What fine-tuning begins with: weights drawn from a seed, replaced by whatever a file has. */
public final class StartWeights {
    private StartWeights() {}

    /**
     * Every weight of a classifier. A head with another number of outputs than {@code classes} is drawn anew.
     *
     * @param from a torch checkpoint or safetensors; null to begin from scratch
     * @param size side of the input in pixels; positions are resized to it
     * @param log takes the report of what the file gave
     * @throws IOException with a sentence naming the file, when it is damaged or belongs to another architecture
     */
    public static Map<String, Tensor> of(Path from, Architecture architecture, int size, int classes, FinalNorm norm, long seed,
            PrintStream log) throws IOException {
        int grid = Architecture.grid(size);
        var all = new LinkedHashMap<>(Initialisation.draw(architecture, grid, classes, seed));
        if (from == null) {
            return all;
        }
        WeightImport imported = WeightImport.read(from, new WeightImport.Options(architecture, grid, norm, false));
        Map<String, Tensor> given = classifier(from, imported);
        boolean otherHead = given.containsKey("head.bias") && given.get("head.bias").size() != classes;
        given.forEach((name, tensor) -> {
            if (!otherHead || !name.startsWith("head.")) {
                all.put(name, tensor);
            }
        });
        log.println(imported.report().text());
        if (otherHead) {
            log.printf("  the head has %d outputs, but the films have %d labels: drawn anew%n", given.get("head.bias").size(), classes);
        }
        return all;
    }

    private static Map<String, Tensor> classifier(Path from, WeightImport imported) throws IOException {
        try {
            return ReferenceWeights.classifier(imported);
        } catch (IllegalArgumentException e) {
            throw new IOException(from + ": " + e.getMessage(), e);
        }
    }
}
