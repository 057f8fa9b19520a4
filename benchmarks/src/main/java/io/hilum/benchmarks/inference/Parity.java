package io.hilum.benchmarks.inference;

import ai.djl.ndarray.NDManager;
import io.hilum.exporter.quantise.LabelledFilms;
import io.hilum.inference.InferenceEngine;
import io.hilum.inference.InferenceRequest;
import io.hilum.inference.InferenceResult;
import io.hilum.model.bundle.Tolerance;
import io.hilum.trainer.net.Network;
import io.hilum.trainer.net.Torch;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The engine against the trainer's own forward pass and autograd.
 *
 * @param logits largest absolute difference
 * @param maps largest difference of a raw map, by the map's largest absolute value; all labels
 */
record Parity(int films, double logits, double maps) {

    static Parity measure(InferenceEngine engine, DemoModel model, LabelledFilms films, int threads) {
        double logits = 0;
        double maps = 0;
        int[] labels = IntStream.range(0, model.card().labels().size()).toArray();
        try (NDManager root = Torch.start(threads); Network network = network(root, model)) {
            for (int i = 0; i < films.count(); i++) {
                byte[] film = films.film(i);
                Network.Maps expected = network.maps(direct(film));
                InferenceResult actual = engine.infer(List.of(new InferenceRequest(film, labels, false))).get(0);
                logits = Math.max(logits, Tolerance.difference(expected.logits(), actual.logits()));
                for (int label : labels) {
                    float[] raw = actual.heatMaps().get(label).raw();
                    float[] reference = Arrays.copyOfRange(expected.maps(), label * raw.length, (label + 1) * raw.length);
                    maps = Math.max(maps, Tolerance.difference(reference, raw) / Tolerance.largest(reference));
                }
            }
        }
        return new Parity(films.count(), logits, maps);
    }

    static Network network(NDManager root, DemoModel model) {
        return new Network(root, model.card().architecture(), model.weights(), model.card().inputSize(), model.card().mean(), model.card().std());
    }

    static ByteBuffer direct(byte[] film) {
        return ByteBuffer.allocateDirect(film.length).put(film).rewind();
    }
}
