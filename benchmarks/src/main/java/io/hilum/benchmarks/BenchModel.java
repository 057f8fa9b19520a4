package io.hilum.benchmarks;

import io.hilum.exporter.onnx.EvaXGraph;
import io.hilum.exporter.onnx.NetworkForm;
import io.hilum.inference.BundleRefusedException;
import io.hilum.inference.EngineFactory;
import io.hilum.inference.EngineOptions;
import io.hilum.inference.InferenceEngine;
import io.hilum.inference.RuntimeNetworks;
import io.hilum.model.bundle.NetworkFile;
import io.hilum.model.bundle.Precision;
import io.hilum.model.bundle.Target;
import io.hilum.model.Architecture;
import io.hilum.model.card.Calibration;
import io.hilum.model.card.LabelCard;
import io.hilum.model.card.ModelCard;
import io.hilum.model.input.Geometry;
import io.hilum.model.weights.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** A network of full size with random weights: speed does not depend on what was learned. */
final class BenchModel {

    private static final int LABELS = 14;
    private static final int SIZE = 224;

    private BenchModel() {}

    static InferenceEngine open(Architecture architecture, EngineOptions options) throws BundleRefusedException {
        List<LabelCard> labels = IntStream.range(0, LABELS)
                .mapToObj(i -> new LabelCard("Finding " + i, Calibration.NONE, null)).toList();
        ModelCard card = new ModelCard(ModelCard.SCHEMA, "bench", "random", architecture, SIZE, Geometry.STRETCH,
                Architecture.MEAN, Architecture.STD, labels, List.of(), null, true, ModelCard.SYNTHETIC_NOTICE);
        Random random = new Random(5);
        Map<String, Tensor> weights = new LinkedHashMap<>();
        architecture.parameters(Architecture.grid(SIZE), LABELS).forEach((name, shape) -> {
            float[] values = new float[Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact))];
            for (int i = 0; i < values.length; i++) {
                values[i] = 0.05f * (float) random.nextGaussian();
            }
            weights.put(name, Tensor.of(values, shape));
        });
        return EngineFactory.openUnproven(new RuntimeNetworks(network(card, weights, NetworkFile.NONE), network(card, weights, NetworkFile.ANY),
                Precision.FP32, Optional.empty()), card, options);
    }

    private static byte[] network(ModelCard card, Map<String, Tensor> weights, int maps) {
        return EvaXGraph.of(card, weights, new NetworkForm(Target.ONNX_RUNTIME, Precision.FP32, maps)).embedded();
    }
}
