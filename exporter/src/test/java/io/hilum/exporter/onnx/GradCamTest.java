package io.hilum.exporter.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.hilum.model.Architecture;
import io.hilum.model.bundle.Precision;
import io.hilum.model.bundle.Target;
import io.hilum.model.weights.Tensor;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The closed form against plain differences, for each architecture, on its last block alone. A map's value at patch t
 * is the mean over patches of the logit's slope when the target is moved along u[t]: so move all patches of the target
 * a little along u[t], both ways, and see how far the logit goes.
 */
class GradCamTest {

    private static final int GRID = Architecture.BASE_GRID;
    private static final int PATCHES = GRID * GRID;
    private static final int LABELS = 3;
    private static final double STEP = 0.01;

    @ParameterizedTest
    @CsvSource({"EVA_X_TI,TENSORRT", "EVA_X_S,TENSORRT", "EVA_X_B,TENSORRT", "EVA_X_TI,ONNX_RUNTIME", "EVA_X_B,ONNX_RUNTIME"})
    void drawsNoSlopeThatTheLogitDoesNotHave(Architecture architecture, Target target) throws Exception {
        int dim = architecture.dim();
        Random random = new Random(2);
        float[] tokens = new float[(1 + PATCHES) * dim];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = (float) random.nextGaussian();
        }
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.addConfigEntry("session.intra_op.allow_spinning", "0");
        try (OrtSession session = OrtEnvironment.getEnvironment().createSession(lastBlock(architecture, target), options)) {
            Map<String, float[]> still = run(session, tokens, new float[dim]);
            float largest = 0;
            for (float value : still.get("raw")) {
                largest = Math.max(largest, Math.abs(value));
            }
            for (int patch = 0; patch < PATCHES; patch += 45) {
                float[] along = Arrays.copyOfRange(still.get("target"), (1 + patch) * dim, (2 + patch) * dim);
                float[] ahead = run(session, tokens, scaled(along, STEP)).get("logits");
                float[] behind = run(session, tokens, scaled(along, -STEP)).get("logits");
                for (int label = 0; label < LABELS; label++) {
                    double slope = (ahead[label] - behind[label]) / (2 * STEP * PATCHES);
                    assertEquals(slope, still.get("raw")[label * PATCHES + patch], 0.002 * largest, architecture + " patch " + patch);
                }
            }
        }
    }

    private static float[] scaled(float[] values, double factor) {
        float[] scaled = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            scaled[i] = (float) (factor * values[i]);
        }
        return scaled;
    }

    /** Tokens in; the target may be moved by the same vector at every patch. */
    private static byte[] lastBlock(Architecture architecture, Target target) {
        String dim = Integer.toString(architecture.dim());
        GraphBuilder graph = new GraphBuilder();
        Ops ops = new Ops(graph);
        Weights weights = new Weights(architecture, weights(architecture));
        Value x = graph.input("tokens", TensorProto.DataType.FLOAT, "batch", Integer.toString(1 + PATCHES), dim);
        Value nudge = graph.input("nudge", TensorProto.DataType.FLOAT, dim);
        Value classes = graph.input("classes", TensorProto.DataType.INT64, "batch", "maps");
        float[] patches = new float[1 + PATCHES];
        Arrays.fill(patches, 1, patches.length, 1);
        Value moved = ops.mul(nudge, graph.constant("patches", Weight.of(patches, 1 + PATCHES, 1)));
        Rotation rotation = new Rotation(ops, GRID);
        BlockWeights block = new BlockWeights(weights, architecture, "blocks.0.", Smoothing.NONE);
        BlockWriter writer = target == Target.TENSORRT
                ? new StandardBlock(ops, weights, architecture, rotation, new Half(ops, Precision.FP32, false))
                : new RuntimeBlock(ops, weights, architecture, rotation, 1 + PATCHES, Linears.plain(ops), Smoothing.NONE);
        Value entered = writer.enter(x);
        Block last = writer instanceof StandardBlock standard
                ? standard.write(block, entered, ops.add(standard.norm(block.norm(BlockWeights.Norm.FIRST), entered), moved))
                : ((RuntimeBlock) writer).write(block, entered, rows(ops, dim, writer.leave(
                        ((RuntimeBlock) writer).norm(block.norm(BlockWeights.Norm.FIRST), entered)), moved));
        Head head = Head.of(ops, weights, writer.leave(last.output()), PATCHES);
        Block traced = writer.traced(last);
        GradCam cam = GradCam.of(ops, block, GRID, traced, head, rotation, classes);
        graph.output("target", traced.normed(), TensorProto.DataType.FLOAT, "batch", Integer.toString(1 + PATCHES), dim);
        graph.output("logits", head.logits(), TensorProto.DataType.FLOAT, "batch", Integer.toString(LABELS));
        graph.output("raw", cam.raw(), TensorProto.DataType.FLOAT, "batch", "maps", "14", "14");
        return graph.build().embedded();
    }

    private static Value rows(Ops ops, String dim, Value normed, Value moved) {
        return ops.reshape(ops.add(normed, moved), -1, Long.parseLong(dim));
    }

    private static Map<String, Tensor> weights(Architecture architecture) {
        Random random = new Random(1);
        Map<String, Tensor> weights = new LinkedHashMap<>();
        architecture.parameters(GRID, LABELS).forEach((name, shape) -> {
            if (name.startsWith("blocks.0.") || name.startsWith("fc_norm") || name.startsWith("head")) {
                float[] values = new float[(int) Arrays.stream(shape).reduce(1, Math::multiplyExact)];
                boolean gain = shape.length == 1 && name.endsWith("weight");
                double spread = shape.length == 1 ? 0.2 : 1.5 / Math.sqrt(shape[1]);
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) ((gain ? 1 : 0) + spread * random.nextGaussian());
                }
                weights.put(name, Tensor.of(values, shape));
            }
        });
        return weights;
    }

    private static Map<String, float[]> run(OrtSession session, float[] tokens, float[] nudge) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OnnxTensor x = OnnxTensor.createTensor(environment, FloatBuffer.wrap(tokens), new long[] {1, 1 + PATCHES, nudge.length});
                OnnxTensor moved = OnnxTensor.createTensor(environment, FloatBuffer.wrap(nudge), new long[] {nudge.length});
                OnnxTensor classes = OnnxTensor.createTensor(environment, LongBuffer.wrap(new long[] {0, 1, 2}), new long[] {1, LABELS});
                OrtSession.Result result = session.run(Map.of("tokens", x, "nudge", moved, "classes", classes))) {
            Map<String, float[]> outputs = new LinkedHashMap<>();
            result.forEach(output -> {
                FloatBuffer buffer = ((OnnxTensor) output.getValue()).getFloatBuffer();
                float[] values = new float[buffer.remaining()];
                buffer.get(values);
                outputs.put(output.getKey(), values);
            });
            return outputs;
        }
    }
}
