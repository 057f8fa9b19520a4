package io.hilum.benchmarks.inference;

import io.hilum.benchmarks.train.PeerFile;
import io.hilum.exporter.onnx.EvaXGraph;
import io.hilum.exporter.onnx.NetworkForm;
import io.hilum.inference.BundleRefusedException;
import io.hilum.inference.EngineFactory;
import io.hilum.inference.EngineOptions;
import io.hilum.inference.InferenceEngine;
import io.hilum.inference.RuntimeNetworks;
import io.hilum.model.Architecture;
import io.hilum.model.bundle.NetworkFile;
import io.hilum.model.bundle.Precision;
import io.hilum.model.bundle.Target;
import io.hilum.model.card.Calibration;
import io.hilum.model.card.LabelCard;
import io.hilum.model.card.ModelCard;
import io.hilum.model.input.Geometry;
import io.hilum.model.weights.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A network of full size with random weights, for both sides: speed does not depend on what was learned.
 *
 * @param films grey inputs of the engine
 * @param peer the same weights, and the same films normalised in three channels
 */
public record SpeedModel(Architecture architecture, List<byte[]> films, PeerFile peer) {

    static final int SIZE = 224;
    static final int LABELS = 14;
    private static final long SEED = 5;

    public static SpeedModel draw(Architecture architecture) {
        PeerFile drawn = PeerFile.draw(architecture, SIZE, LABELS, SEED);
        int count = (int) drawn.images().shape()[0];
        Random random = new Random(SEED);
        List<byte[]> films = IntStream.range(0, count).mapToObj(i -> {
            byte[] film = new byte[SIZE * SIZE];
            random.nextBytes(film);
            return film;
        }).toList();
        return new SpeedModel(architecture, films, new PeerFile(drawn.weights(), normalised(films), drawn.targets()));
    }

    private static Tensor normalised(List<byte[]> films) {
        float[] values = new float[films.size() * Architecture.CHANNELS * SIZE * SIZE];
        for (int i = 0; i < values.length; i++) {
            int pixel = films.get(i / (Architecture.CHANNELS * SIZE * SIZE))[i % (SIZE * SIZE)] & 0xff;
            values[i] = (float) ((pixel / 255.0 - Architecture.MEAN) / Architecture.STD);
        }
        return Tensor.of(values, films.size(), Architecture.CHANNELS, SIZE, SIZE);
    }

    public InferenceEngine open(EngineOptions options) throws BundleRefusedException {
        return EngineFactory.openUnproven(networks(card(), peer.weights()), card(), options);
    }

    static RuntimeNetworks networks(ModelCard card, Map<String, Tensor> weights) {
        return new RuntimeNetworks(network(card, weights, NetworkFile.NONE), network(card, weights, NetworkFile.ANY),
                Precision.FP32, Optional.empty());
    }

    private ModelCard card() {
        List<LabelCard> labels = IntStream.range(0, LABELS)
                .mapToObj(i -> new LabelCard("Finding " + i, Calibration.NONE, null)).toList();
        return new ModelCard(ModelCard.SCHEMA, "bench", "random", architecture, SIZE, Geometry.STRETCH,
                Architecture.MEAN, Architecture.STD, labels, List.of(), null, true, ModelCard.SYNTHETIC_NOTICE);
    }

    private static byte[] network(ModelCard card, Map<String, Tensor> weights, int maps) {
        return EvaXGraph.of(card, weights, new NetworkForm(Target.ONNX_RUNTIME, Precision.FP32, maps)).embedded();
    }
}
