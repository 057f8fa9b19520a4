package io.hilum.benchmarks.inference;

import io.hilum.exporter.ExportException;
import io.hilum.exporter.quantise.LabelledFilms;
import io.hilum.inference.RuntimeNetworks;
import io.hilum.model.bundle.Bundle;
import io.hilum.model.card.ModelCard;
import io.hilum.model.weights.Safetensors;
import io.hilum.model.weights.Tensor;
import io.hilum.phantoms.Preset;
import io.hilum.phantoms.Split;
import io.hilum.trainer.phantom.PhantomCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The demo model and made films that it knows and does not know: accuracy needs weights that have learned something.
 *
 * @param work where sets of films are kept
 */
record DemoModel(ModelCard card, Map<String, Tensor> weights, Path work) {

    /** The seed of the demo model's last training stage. */
    private static final long TRAINED = 5;
    /** The seed of the films that its card was measured on. */
    private static final long MEASURED = 1;

    static DemoModel open(Path root, Path work) throws IOException {
        Path folder = root.resolve("quickstart/demo-model");
        return new DemoModel(ModelCard.read(folder.resolve(ModelCard.FILE)),
                Safetensors.read(folder.resolve(Bundle.WEIGHTS)).tensors(), work);
    }

    RuntimeNetworks fp32() {
        return SpeedModel.networks(card, weights);
    }

    /** Films of patients that it learned from. */
    LabelledFilms training(int count) throws ExportException, IOException {
        return films("training", TRAINED, Split.TRAIN, count);
    }

    /** Films of patients that it never saw. */
    LabelledFilms heldOut(int count) throws ExportException, IOException {
        return films("held-out", MEASURED, Split.TEST, count);
    }

    private LabelledFilms films(String name, long seed, Split split, int count) throws ExportException, IOException {
        Path file = work.resolve(name + "-" + count + ".safetensors");
        if (!Files.exists(file)) {
            PhantomCache.write(file, Preset.STANDARD, seed, split, 0, count, card.inputSize(), card.inputSize());
        }
        return LabelledFilms.open(file, card);
    }
}
