package io.hilum.exporter.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * A graph and its large constants, which can be written into the graph or beside it.
 *
 * <p>Threading: immutable, free to share.
 */
public final class Network {

    static final int OPSET = 17;
    /** Of ONNX Runtime's own operators. */
    static final String MICROSOFT = "com.microsoft";
    private static final int IR_VERSION = 8;

    private final GraphProto graph;
    private final Map<String, Constant> constants;
    private final boolean own;

    /** @param own whether it uses operators of ONNX Runtime's own */
    Network(GraphProto graph, Map<String, Constant> constants, boolean own) {
        this.graph = graph;
        this.constants = Map.copyOf(constants);
        this.own = own;
    }

    Map<String, Constant> constants() {
        return constants;
    }

    /**
     * The same network, holding the constants of {@code pool} where they are equal to its own, and adding the others to it: forms of one
     * network then share their memory.
     */
    public Network sharing(Map<String, Constant> pool) {
        Map<String, Constant> shared = new HashMap<>();
        constants.forEach((name, constant) -> {
            Constant known = pool.putIfAbsent(name, constant);
            shared.put(name, known != null && known.sameAs(constant) ? known : constant);
        });
        return new Network(graph, shared, own);
    }

    /** One file that needs nothing beside it; at most 2 GiB, protobuf's limit. */
    public byte[] embedded() {
        GraphProto.Builder whole = graph.toBuilder();
        constants.forEach((name, constant) -> whole.addInitializer(
                declaration(name, constant).setRawData(ByteString.copyFrom(constant.tensor().data()))));
        return model(whole).toByteArray();
    }

    /**
     * The graph alone; its constants lie in another file.
     *
     * @param location that file's name, beside the graph
     * @param offset where a constant begins in it, in bytes
     */
    byte[] external(String location, ToLongFunction<String> offset) {
        GraphProto.Builder whole = graph.toBuilder();
        constants.forEach((name, constant) -> whole.addInitializer(declaration(name, constant)
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(entry("location", location))
                .addExternalData(entry("offset", Long.toString(offset.applyAsLong(name))))
                .addExternalData(entry("length", Long.toString(constant.tensor().data().remaining())))));
        return model(whole).toByteArray();
    }

    private static TensorProto.Builder declaration(String name, Constant constant) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(constant.type().getNumber());
        for (long side : constant.tensor().shape()) {
            tensor.addDims(side);
        }
        return tensor;
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }

    private ModelProto model(GraphProto.Builder whole) {
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("hilum")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
                .setGraph(whole);
        if (own) {
            model.addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(MICROSOFT).setVersion(1));
        }
        return model.build();
    }
}
