package io.hilum.exporter.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.hilum.exporter.Golden;
import io.hilum.model.Architecture;
import io.hilum.model.bundle.NetworkFile;
import io.hilum.model.bundle.NetworkIo;
import io.hilum.model.bundle.Precision;
import io.hilum.model.bundle.Target;
import io.hilum.model.card.Calibration;
import io.hilum.model.card.LabelCard;
import io.hilum.model.card.ModelCard;
import io.hilum.model.input.Geometry;
import io.hilum.model.weights.PtCheckpoint;
import io.hilum.model.weights.ReferenceWeights;
import io.hilum.model.weights.Tensor;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The graphs of both targets against the public reference implementation's numbers. */
class EvaXGraphTest {

    private static final int LABELS = 14;
    private static final int CELLS = Architecture.BASE_GRID * Architecture.BASE_GRID;
    private static final int IMAGE = 3 * 224 * 224;

    private static final Map<Target, OrtSession> SESSIONS = new EnumMap<>(Target.class);
    private static float[] input;

    @BeforeAll
    static void exportReference() throws Exception {
        Map<String, Tensor> tensors = new HashMap<>(ReferenceWeights.body(
                PtCheckpoint.read(Golden.folder("checkpoints").resolve("eva_x_tiny_patch16_random_mim.pt")),
                Architecture.EVA_X_TI, Architecture.BASE_GRID, ReferenceWeights.FinalNorm.KEEP));
        tensors.put("head.weight", Tensor.of(Golden.floats("forward_ti", "head_weight"), LABELS, 192));
        tensors.put("head.bias", Tensor.of(Golden.floats("forward_ti", "head_bias"), LABELS));
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.addConfigEntry("session.intra_op.allow_spinning", "0");
        for (Target target : Target.values()) {
            NetworkForm form = new NetworkForm(target, Precision.FP32, NetworkFile.ANY);
            SESSIONS.put(target, OrtEnvironment.getEnvironment()
                    .createSession(EvaXGraph.ofNormalised(card(), tensors, form).embedded(), options));
        }
        input = Golden.floats("forward_ti", "input");
    }

    @AfterAll
    static void close() throws OrtException {
        for (OrtSession session : SESSIONS.values()) {
            session.close();
        }
        SESSIONS.clear();
    }

    @ParameterizedTest
    @EnumSource
    void computesNoOtherLogitsThanTheReference(Target target) throws Exception {
        Map<String, float[]> outputs = run(target, 2, new long[2][0]);
        double difference = Golden.difference(Golden.floats("forward_ti", "logits"), outputs.get(NetworkIo.LOGITS));
        System.out.println("logits: largest difference from the reference " + difference);
        assertTrue(difference <= 2e-5, "largest difference " + difference);
    }

    @ParameterizedTest
    @EnumSource
    void drawsNoOtherMapsThanTheReference(Target target) throws Exception {
        long[] classes = {0, 1, 7, 4};
        Map<String, float[]> outputs = run(target, 2, new long[][] {classes, classes});
        float[] expected = Golden.floats("grad_cam", "raw_cam_14x14");
        for (int map = 0; map < 8; map++) {
            float[] reference = Arrays.copyOfRange(expected, map * CELLS, (map + 1) * CELLS);
            float[] raw = Arrays.copyOfRange(outputs.get(NetworkIo.CAM_RAW), map * CELLS, (map + 1) * CELLS);
            double relative = Golden.difference(reference, raw) / largest(reference);
            System.out.println("map " + map + ": largest relative difference from the reference " + relative);
            assertTrue(relative <= 1e-4, "map " + map + " differs by " + relative);
            assertEquals(IntStream.range(0, CELLS).mapToDouble(i -> raw[i]).max().getAsDouble(),
                    outputs.get(NetworkIo.CAM_MAXIMUM)[map], 0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void scalesMapsAsTheReferenceDoes(Target target) throws Exception {
        long[] classes = {0, 1, 7, 4};
        Map<String, float[]> outputs = run(target, 1, new long[][] {classes});
        float[] expected = Golden.floats("grad_cam", "final_map_224");
        for (int map = 0; map < 4; map++) {
            float[] cells = Arrays.copyOfRange(outputs.get(NetworkIo.CAM_MAP), map * CELLS, (map + 1) * CELLS);
            float[] fine = Bilinear.scaled(cells, Architecture.BASE_GRID, 224);
            double difference = Golden.difference(Arrays.copyOfRange(expected, map * 224 * 224, (map + 1) * 224 * 224), fine);
            assertTrue(difference <= 1e-3, "map " + map + " differs by " + difference);
        }
        assertTrue(outputs.get(NetworkIo.CAM_MAXIMUM)[3] < 0, "class 4 has no positive value");
    }

    @ParameterizedTest
    @EnumSource
    void choosesNoOtherLabelsThanThoseWithTheLargestMargin(Target target) throws Exception {
        Map<String, float[]> outputs = run(target, 2, new long[][] {{-1, -1, 5}, {-1, -1, -1}});
        float[] logits = outputs.get(NetworkIo.LOGITS);
        float[] chosen = outputs.get(NetworkIo.CAM_CLASSES);
        List<Integer> first = byLogit(Arrays.copyOfRange(logits, 0, LABELS));
        List<Integer> second = byLogit(Arrays.copyOfRange(logits, LABELS, 2 * LABELS));
        assertArrayEquals(new float[] {first.get(0), first.get(1), 5, second.get(0), second.get(1), second.get(2)}, chosen);
        float[] explicit = run(target, 2, new long[][] {{first.get(0)}, {second.get(0)}}).get(NetworkIo.CAM_RAW);
        float[] implicit = Arrays.copyOfRange(outputs.get(NetworkIo.CAM_RAW), 0, CELLS);
        assertEquals(0, Golden.difference(implicit, Arrays.copyOf(explicit, CELLS)), 1e-6);
    }

    private static List<Integer> byLogit(float[] logits) {
        return IntStream.range(0, LABELS).boxed().sorted(Comparator.comparing(i -> -logits[i])).toList();
    }

    private static double largest(float[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> Math.abs(values[i])).max().orElseThrow();
    }

    private static ModelCard card() {
        List<LabelCard> labels = IntStream.range(0, LABELS)
                .mapToObj(i -> new LabelCard("label " + i, Calibration.NONE, null)).toList();
        return new ModelCard(ModelCard.SCHEMA, "reference", "1", Architecture.EVA_X_TI, 224, Geometry.STRETCH,
                Architecture.MEAN, Architecture.STD, labels, List.of(), null, false, "");
    }

    private static Map<String, float[]> run(Target target, int images, long[][] classes) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        long[] ids = Arrays.stream(classes).flatMapToLong(Arrays::stream).toArray();
        try (OnnxTensor pixels = OnnxTensor.createTensor(environment, FloatBuffer.wrap(input, 0, images * IMAGE).slice(),
                        new long[] {images, 3, 224, 224});
                OnnxTensor asked = OnnxTensor.createTensor(environment, LongBuffer.wrap(ids),
                        new long[] {images, classes[0].length});
                OrtSession.Result result = SESSIONS.get(target).run(Map.of(NetworkIo.INPUT, pixels, NetworkIo.CLASSES, asked))) {
            Map<String, float[]> outputs = new HashMap<>();
            result.forEach(output -> outputs.put(output.getKey(), floats((OnnxTensor) output.getValue())));
            return outputs;
        }
    }

    private static float[] floats(OnnxTensor tensor) {
        if (tensor.getInfo().type == ai.onnxruntime.OnnxJavaType.INT64) {
            LongBuffer ids = tensor.getLongBuffer();
            float[] values = new float[ids.remaining()];
            for (int i = 0; i < values.length; i++) {
                values[i] = ids.get(i);
            }
            return values;
        }
        FloatBuffer buffer = tensor.getFloatBuffer();
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }
}
