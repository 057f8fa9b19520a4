package io.hilum.benchmarks.gpu;

import io.hilum.model.Architecture;
import io.hilum.model.bundle.SelfTest;
import io.hilum.model.card.ModelCard;
import io.hilum.model.weights.Safetensors;
import io.hilum.model.weights.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/**
 * A folder with what both sides need of a model: {@code card.json}, {@code weights.safetensors} under the reference's
 * names, and {@code reference.safetensors}, inputs with the numbers that ONNX Runtime computed of them. In place of the
 * weights there may be a file {@code seed}: see {@link DrawnWeights}.
 */
record GpuModel(Path folder, ModelCard card, SelfTest reference) {
    static final String REFERENCE = "reference.safetensors";
    static final String WEIGHTS = "weights.safetensors";
    static final String SEED = "seed";

    static GpuModel open(Path folder) throws IOException {
        ModelCard card = ModelCard.read(folder.resolve(ModelCard.FILE));
        return new GpuModel(folder, card, SelfTest.read(folder.resolve(REFERENCE), card.inputSize(), card.labels().size()));
    }

    /**
     * All models of a folder of folders, small ones first.
     *
     * @throws IOException when there is none, or one is damaged
     */
    static List<GpuModel> all(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException("There are no models at " + folder + "; make them with './hilum bench gpu-models --out " + folder + "'.");
        }
        List<GpuModel> models = new java.util.ArrayList<>();
        try (var folders = Files.list(folder)) {
            for (Path one : folders.filter(f -> Files.exists(f.resolve(ModelCard.FILE))).sorted().toList()) {
                models.add(open(one));
            }
        }
        if (models.isEmpty()) {
            throw new IOException("No folder in " + folder + " holds a model; make some with './hilum bench gpu-models'.");
        }
        models.sort(java.util.Comparator.comparing(GpuModel::architecture));
        return models;
    }

    Architecture architecture() {
        return card.architecture();
    }

    /** Where the weights lie; draws them where only their seed does. */
    Path weights() throws IOException {
        Path file = folder.resolve(WEIGHTS);
        if (!Files.exists(file)) {
            Path seed = folder.resolve(SEED);
            if (!Files.exists(seed)) {
                throw new IOException("The model at " + folder + " has neither " + WEIGHTS + " nor " + SEED + "; pack it again.");
            }
            Map<String, Tensor> drawn = DrawnWeights.draw(architecture(), card.inputSize(), card.labels().size(),
                Long.parseLong(Files.readString(seed).strip()));
            Path part = folder.resolve(WEIGHTS + ".part");
            Safetensors.write(part, drawn);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return file;
    }

    /** The weights under the reference's names. */
    Map<String, Tensor> tensors() throws IOException {
        return Safetensors.read(weights()).tensors();
    }
}
