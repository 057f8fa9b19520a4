package io.hilum.exporter.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import io.hilum.exporter.Golden;
import io.hilum.exporter.ModelFolder;
import io.hilum.exporter.proof.RawSession;
import io.hilum.inference.EngineFactory;
import io.hilum.inference.EngineOptions;
import io.hilum.inference.InferenceEngine;
import io.hilum.inference.InferenceRequest;
import io.hilum.inference.InferenceResult;
import io.hilum.inference.RuntimeNetworks;
import io.hilum.model.Architecture;
import io.hilum.model.bundle.NetworkFile;
import io.hilum.model.bundle.NetworkIo;
import io.hilum.model.bundle.Precision;
import io.hilum.model.bundle.Target;
import io.hilum.model.card.Calibration;
import io.hilum.model.card.LabelCard;
import io.hilum.model.card.ModelCard;
import io.hilum.model.card.OperatingPoint;
import io.hilum.model.card.Softmax;
import io.hilum.model.weights.Tensor;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the forms of one network have in common, and what each adds. */
class NetworkFormsTest {

    private static final int LABELS = 5;
    private static final int SIDE = ModelFolder.SIZE / Architecture.PATCH;
    private static final ModelCard CARD = ModelFolder.card(Architecture.EVA_X_TI, LABELS);
    private static final Map<String, Tensor> WEIGHTS = ModelFolder.weights(CARD);

    @TempDir
    private Path temp;

    @Test
    void losesNoConstantInTheFileBesideTheGraphs() throws Exception {
        NetworkForm scores = new NetworkForm(Target.ONNX_RUNTIME, Precision.FP32, NetworkFile.NONE);
        NetworkForm maps = new NetworkForm(Target.ONNX_RUNTIME, Precision.FP32, NetworkFile.ANY);
        Map<String, Network> networks = Map.of("s.onnx", network(CARD, scores), "m.onnx", network(CARD, maps));
        ConstantFile.write(temp, "c.safetensors", networks);
        assertTrue(Files.size(temp.resolve("m.onnx")) < Files.size(temp.resolve("c.safetensors")) / 50, "constants are in the graph");
        try (InferenceEngine beside = open(CARD, Files.readAllBytes(temp.resolve("s.onnx")), Files.readAllBytes(temp.resolve("m.onnx")),
                        Optional.of(temp));
                InferenceEngine inside = open(CARD, networks.get("s.onnx").embedded(), networks.get("m.onnx").embedded(), Optional.empty())) {
            InferenceRequest film = InferenceRequest.withMaps(ModelFolder.film(2), 2, false);
            InferenceResult one = beside.infer(List.of(film)).get(0);
            InferenceResult other = inside.infer(List.of(film)).get(0);
            assertArrayEquals(other.logits(), one.logits());
            assertArrayEquals(other.heatMaps().get(1).raw(), one.heatMaps().get(1).raw());
        }
    }

    @Test
    void givesNoTwoConstantsOneName() {
        Map<String, Tensor> changed = new HashMap<>(WEIGHTS);
        changed.put("head.bias", Tensor.of(new float[LABELS], LABELS));
        NetworkForm form = new NetworkForm(Target.ONNX_RUNTIME, Precision.FP32, NetworkFile.NONE);
        Map<String, Network> networks = Map.of("a", network(CARD, form), "b", EvaXGraph.of(CARD, changed, form));
        assertThrows(IllegalArgumentException.class, () -> ConstantFile.write(temp, "c.safetensors", networks));
    }

    @Test
    void offersNoFormThatNothingRuns() {
        assertThrows(IllegalArgumentException.class, () -> new NetworkForm(Target.TENSORRT, Precision.INT8, 0));
        assertThrows(IllegalArgumentException.class, () -> new NetworkForm(Target.ONNX_RUNTIME, Precision.FP16, 0));
        assertThrows(IllegalArgumentException.class, () -> new NetworkForm(Target.TENSORRT, Precision.FP32, -2));
        assertThrows(IllegalArgumentException.class, () -> new NetworkForm(Target.TENSORRT, Precision.FP32, 0, true, false));
    }

    @Test
    void drawsNoOtherMapsWithAFixedNumberOfThem() throws Exception {
        Map<String, float[]> any = run(CARD, new NetworkForm(Target.TENSORRT, Precision.FP32, NetworkFile.ANY), -1, 3, -1);
        Map<String, float[]> three = run(CARD, new NetworkForm(Target.TENSORRT, Precision.FP32, 3), -1, 3, -1);
        assertArrayEquals(any.get(NetworkIo.CAM_RAW), three.get(NetworkIo.CAM_RAW));
        assertArrayEquals(any.get(NetworkIo.LOGITS), three.get(NetworkIo.LOGITS));
    }

    @Test
    void calibratesNotOtherwiseThanTheCard() throws Exception {
        for (ModelCard card : List.of(CARD, softmax())) {
            for (Target target : Target.values()) {
                Map<String, float[]> outputs = run(card, new NetworkForm(target, Precision.FP32, NetworkFile.NONE));
                double[] expected = card.probabilities(outputs.get(NetworkIo.LOGITS));
                for (int l = 0; l < LABELS; l++) {
                    assertEquals(expected[l], outputs.get(NetworkIo.PROBABILITIES)[l], 1e-6);
                }
            }
        }
    }

    @Test
    void ranksLabelsNotOtherwiseThanTheCard() throws Exception {
        for (ModelCard card : List.of(CARD, softmax())) {
            NetworkForm form = new NetworkForm(Target.ONNX_RUNTIME, Precision.FP32, NetworkFile.ANY);
            try (InferenceEngine engine = open(card, network(card, form(form, NetworkFile.NONE)).embedded(), network(card, form).embedded(), Optional.empty())) {
                for (int seed = 0; seed < 20; seed++) {
                    InferenceResult result = engine.infer(List.of(InferenceRequest.withMaps(ModelFolder.film(seed), LABELS, false))).get(0);
                    double[] margins = card.margins(result.logits());
                    List<Integer> expected = IntStream.range(0, LABELS).boxed().sorted((a, b) -> Double.compare(margins[b], margins[a])).toList();
                    assertEquals(expected, result.heatMaps().stream().map(map -> map.label()).toList());
                }
            }
        }
    }

    @Test
    void leavesNoPositiveLabelWithoutAMap() throws Exception {
        List<LabelCard> labels = IntStream.range(0, LABELS).mapToObj(i -> new LabelCard("Finding " + i, Calibration.NONE,
                i == 0 ? null : new OperatingPoint(1e-6, 0.9, null, null, 50))).toList();
        ModelCard eager = with(labels, null);
        NetworkForm form = new NetworkForm(Target.ONNX_RUNTIME, Precision.FP32, NetworkFile.ANY);
        try (InferenceEngine engine = open(eager, network(eager, form(form, NetworkFile.NONE)).embedded(), network(eager, form).embedded(), Optional.empty())) {
            List<InferenceResult> results = engine.infer(List.of(InferenceRequest.withAllPositives(ModelFolder.film(1), 1, false),
                    InferenceRequest.withMaps(ModelFolder.film(1), 1, false)));
            List<Integer> drawn = new ArrayList<>(results.get(0).heatMaps().stream().map(map -> map.label()).sorted().toList());
            drawn.remove(Integer.valueOf(0));
            assertEquals(List.of(1, 2, 3, 4), drawn, "every label with an operating point is positive here");
            assertEquals(2, results.get(0).times().passes());
            assertEquals(1, results.get(1).heatMaps().size());
            assertEquals(1, results.get(1).times().passes());
        }
    }

    @Test
    void spreadsAttentionOverThePatchesOnly() throws Exception {
        for (Target target : Target.values()) {
            float[] attention = run(CARD, new NetworkForm(target, Precision.FP32, NetworkFile.ANY, true, false), 0).get(NetworkIo.ATTENTION);
            assertEquals(SIDE * SIDE, attention.length);
            double sum = 0;
            for (float share : attention) {
                assertTrue(share >= 0);
                sum += share;
            }
            // The rest of each patch's attention goes to the class token.
            assertTrue(sum > 0.5 && sum < 1, "patches get " + sum + " of the attention");
        }
    }

    @Test
    void roundsWhenItEmulatesHalfPrecision() throws Exception {
        float[] exact = run(CARD, new NetworkForm(Target.TENSORRT, Precision.FP32, NetworkFile.NONE)).get(NetworkIo.LOGITS);
        double fp16 = Golden.difference(exact, run(CARD,
                new NetworkForm(Target.TENSORRT, Precision.FP16, NetworkFile.NONE).asEmulated()).get(NetworkIo.LOGITS));
        double bf16 = Golden.difference(exact, run(CARD,
                new NetworkForm(Target.TENSORRT, Precision.BF16, NetworkFile.NONE).asEmulated()).get(NetworkIo.LOGITS));
        System.out.println("logits differ by " + fp16 + " in fp16, " + bf16 + " in bf16");
        assertTrue(fp16 > 1e-5 && bf16 > 2 * fp16 && bf16 < 0.5, fp16 + " " + bf16);
    }

    private static NetworkForm form(NetworkForm like, int maps) {
        return new NetworkForm(like.target(), like.precision(), maps);
    }

    private static Network network(ModelCard card, NetworkForm form) {
        return EvaXGraph.of(card, WEIGHTS, form);
    }

    private static InferenceEngine open(ModelCard card, byte[] scores, byte[] maps, Optional<Path> constants) throws Exception {
        return EngineFactory.openUnproven(new RuntimeNetworks(scores, maps, Precision.FP32, constants), card, EngineOptions.defaults());
    }

    private static ModelCard softmax() {
        return with(CARD.labels(), new Softmax(1.7));
    }

    private static ModelCard with(List<LabelCard> labels, Softmax softmax) {
        return new ModelCard(CARD.schema(), CARD.name(), CARD.version(), CARD.architecture(), CARD.inputSize(), CARD.geometry(), CARD.mean(),
                CARD.std(), labels, List.of(), null, true, CARD.notice(), softmax);
    }

    private static Map<String, float[]> run(ModelCard card, NetworkForm form, long... classes) throws Exception {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        ByteBuffer film = ByteBuffer.allocateDirect(ModelFolder.SIZE * ModelFolder.SIZE).put(ModelFolder.film(1)).rewind();
        try (RawSession session = new RawSession(network(card, form).embedded());
                OnnxTensor pixels = OnnxTensor.createTensor(environment, film, new long[] {1, 1, ModelFolder.SIZE, ModelFolder.SIZE}, OnnxJavaType.UINT8);
                OnnxTensor asked = OnnxTensor.createTensor(environment, LongBuffer.wrap(classes.length == 0 ? new long[1] : classes),
                        new long[] {1, Math.max(1, classes.length)})) {
            return session.run(form.maps() == NetworkFile.NONE ? Map.of(NetworkIo.INPUT, pixels)
                    : Map.of(NetworkIo.INPUT, pixels, NetworkIo.CLASSES, asked));
        }
    }
}
