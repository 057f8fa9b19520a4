package io.hilum.benchmarks.inference;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.google.protobuf.ByteString;
import io.hilum.benchmarks.peer.Alternation.Rate;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Random;

/**
 * How many images a second the machine could score if it did nothing but fp32 matrix products at the rate of a large one,
 * by ONNX Runtime's own kernels. One thread owns it.
 */
final class MatrixLimit implements Rate, AutoCloseable {

    static final int SIDE = 1024;
    static final double GFLOP = 2.0 * SIDE * SIDE * SIDE / 1e9;

    private final OrtSession session;
    private final OnnxTensor matrix;
    private final double gflopPerImage;

    /** @param gflopPerImage of one forward pass */
    MatrixLimit(int threads, double gflopPerImage) throws OrtException {
        this.gflopPerImage = gflopPerImage;
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            session = OrtEnvironment.getEnvironment().createSession(product(), options);
        }
        matrix = OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), FloatBuffer.wrap(random(1)), new long[] {SIDE, SIDE});
    }

    @Override
    public double measure(double seconds) throws IOException {
        try {
            long started = System.nanoTime();
            int calls = 0;
            while (calls == 0 || EngineLoop.since(started) < seconds) {
                session.run(Map.of("a", matrix)).close();
                calls++;
            }
            return calls * GFLOP / EngineLoop.since(started) / gflopPerImage;
        } catch (OrtException failed) {
            throw new IOException("The matrix product does not run: " + failed.getMessage(), failed);
        }
    }

    private static byte[] product() {
        ByteBuffer values = ByteBuffer.allocate(SIDE * SIDE * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        values.asFloatBuffer().put(random(2));
        GraphProto graph = GraphProto.newBuilder().setName("product")
                .addInput(info("a")).addOutput(info("c"))
                .addInitializer(TensorProto.newBuilder().setName("b").setDataType(TensorProto.DataType.FLOAT.getNumber())
                        .addDims(SIDE).addDims(SIDE).setRawData(ByteString.copyFrom(values)))
                .addNode(NodeProto.newBuilder().setOpType("Gemm").addInput("a").addInput("b").addOutput("c")
                        .addAttribute(AttributeProto.newBuilder().setName("transB").setType(AttributeProto.AttributeType.INT).setI(1)))
                .build();
        return ModelProto.newBuilder().setIrVersion(8).setGraph(graph)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17)).build().toByteArray();
    }

    private static ValueInfoProto info(String name) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        shape.addDimBuilder().setDimValue(SIDE);
        shape.addDimBuilder().setDimValue(SIDE);
        return ValueInfoProto.newBuilder().setName(name).setType(TypeProto.newBuilder().setTensorType(TypeProto.Tensor.newBuilder()
                .setElemType(TensorProto.DataType.FLOAT.getNumber()).setShape(shape))).build();
    }

    private static float[] random(long seed) {
        Random random = new Random(seed);
        float[] values = new float[SIDE * SIDE];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return values;
    }

    @Override
    public void close() throws OrtException {
        matrix.close();
        session.close();
    }
}
