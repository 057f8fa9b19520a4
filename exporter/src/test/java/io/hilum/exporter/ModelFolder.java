package io.hilum.exporter;

import io.hilum.exporter.onnx.EvaXGraph;
import io.hilum.exporter.onnx.NetworkForm;
import io.hilum.inference.EngineFactory;
import io.hilum.inference.EngineOptions;
import io.hilum.inference.HeatMap;
import io.hilum.inference.InferenceEngine;
import io.hilum.inference.InferenceRequest;
import io.hilum.inference.InferenceResult;
import io.hilum.inference.RuntimeNetworks;
import io.hilum.model.Architecture;
import io.hilum.model.bundle.Bundle;
import io.hilum.model.bundle.NetworkFile;
import io.hilum.model.bundle.Precision;
import io.hilum.model.bundle.SelfTest;
import io.hilum.model.bundle.Target;
import io.hilum.model.card.Calibration;
import io.hilum.model.card.LabelCard;
import io.hilum.model.card.ModelCard;
import io.hilum.model.card.OperatingPoint;
import io.hilum.model.input.Geometry;
import io.hilum.model.weights.DType;
import io.hilum.model.weights.Safetensors;
import io.hilum.model.weights.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A folder as the trainer leaves it, with random weights. Its probe is computed by the exported network itself, one
 * image at a time: what the network computes is held against the reference in {@code EvaXGraphTest}.
 */
public final class ModelFolder {

    public static final int MAPS = 2;
    /** Not the usual 224: a quarter of the work, and nothing may rely on a grid of 14. */
    public static final int SIZE = 112;

    private ModelFolder() {}

    public static ModelCard card(Architecture architecture, int labels) {
        List<LabelCard> all = IntStream.range(0, labels)
                .mapToObj(i -> new LabelCard("Finding " + i, new Calibration(1 + 0.1 * i, 0.1 * i), i == 0 ? null
                        : new OperatingPoint(0.3 + 0.1 * i, 0.9, null, null, 50)))
                .toList();
        return new ModelCard(ModelCard.SCHEMA, "test", "7", architecture, SIZE, Geometry.STRETCH, Architecture.MEAN,
                Architecture.STD, all, List.of(), null, true, ModelCard.SYNTHETIC_NOTICE);
    }

    public static Path write(Path folder, ModelCard card) throws Exception {
        Files.createDirectories(folder);
        card.write(folder.resolve(ModelCard.FILE));
        Map<String, Tensor> weights = weights(card);
        Safetensors.write(folder.resolve(Bundle.WEIGHTS), weights);
        Files.writeString(folder.resolve("card.md"), "# A card for people\n");
        RuntimeNetworks networks = new RuntimeNetworks(network(card, weights, NetworkFile.NONE), network(card, weights, NetworkFile.ANY),
                Precision.FP32, Optional.empty());
        try (InferenceEngine engine = EngineFactory.openUnproven(networks, card, EngineOptions.defaults())) {
            probe(engine, card).write(folder.resolve(Exporter.PROBE));
        }
        return folder;
    }

    public static byte[] network(ModelCard card, Map<String, Tensor> weights, int maps) {
        return EvaXGraph.of(card, weights, new NetworkForm(Target.ONNX_RUNTIME, Precision.FP32, maps)).embedded();
    }

    public static byte[] film(int seed) {
        Random random = new Random(seed);
        byte[] film = new byte[SIZE * SIZE];
        int centre = random.nextInt(SIZE);
        for (int i = 0; i < film.length; i++) {
            film[i] = (byte) Math.max(0, 200 - 2 * Math.abs(i % SIZE - centre) - random.nextInt(60));
        }
        return film;
    }

    /** Rounded to fp16, as the demo model's. */
    public static Map<String, Tensor> weights(ModelCard card) {
        Random random = new Random(11);
        Map<String, Tensor> weights = new LinkedHashMap<>();
        card.architecture().parameters(Architecture.grid(SIZE), card.labels().size()).forEach((name, shape) -> {
            float[] values = new float[(int) Tensor.bytes(DType.U8, shape)];
            boolean gain = name.matches(".*(norm\\d?|ffn_ln)\\.weight");
            float spread = name.startsWith("head") ? 0.5f : shape.length == 1 ? 0.05f : (float) Math.sqrt(1.0 / shape[1]);
            for (int i = 0; i < values.length; i++) {
                values[i] = (gain ? 1 : 0) + spread * (float) random.nextGaussian();
            }
            weights.put(name, Tensor.of(values, shape).toF16());
        });
        return weights;
    }

    private static SelfTest probe(InferenceEngine engine, ModelCard card) {
        int count = SelfTest.INPUTS;
        byte[][] inputs = new byte[count][];
        float[][] logits = new float[count][];
        int[][] classes = new int[count][];
        float[][][] raw = new float[count][][];
        for (int i = 0; i < count; i++) {
            inputs[i] = film(i);
            classes[i] = new int[] {i % card.labels().size(), (i + 1) % card.labels().size()};
            InferenceResult result = engine.infer(List.of(new InferenceRequest(inputs[i], classes[i], false))).get(0);
            logits[i] = result.logits();
            raw[i] = result.heatMaps().stream().map(HeatMap::raw).toArray(float[][]::new);
        }
        return new SelfTest(card.inputSize(), card.labels().size(), MAPS, inputs, logits, classes, raw);
    }
}
