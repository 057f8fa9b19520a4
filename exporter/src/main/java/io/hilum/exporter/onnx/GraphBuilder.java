package io.hilum.exporter.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects nodes and constants of one ONNX graph. {@link Ops} gives them their operators' names.
 *
 * <p>Threading: owned by the thread that builds.
 */
final class GraphBuilder {

    private static final TensorProto.DataType FLOAT = TensorProto.DataType.FLOAT;
    private static final TensorProto.DataType INT64 = TensorProto.DataType.INT64;

    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("hilum");
    private final Map<String, Constant> constants = new LinkedHashMap<>();
    private boolean own;
    private int names;

    /** A graph input; a dimension that is not a number is dynamic. */
    Value input(String name, TensorProto.DataType type, String... dimensions) {
        graph.addInput(info(name, type, dimensions));
        return new Value(name);
    }

    void output(String name, Value value, TensorProto.DataType type, String... dimensions) {
        graph.addNode(NodeProto.newBuilder().setName(name).setOpType("Identity").addInput(value.name()).addOutput(name));
        graph.addOutput(info(name, type, dimensions));
    }

    /** A named constant, kept beside the graph. */
    Value constant(String name, Weight weight) {
        return constant(name, Constant.of(weight));
    }

    Value constant(String name, Constant constant) {
        Constant known = constants.putIfAbsent(name, constant);
        if (known != null && !known.sameAs(constant)) {
            throw new IllegalStateException("Two constants are called '" + name + "'.");
        }
        return new Value(name);
    }

    Value constant(double scalar) {
        ByteBuffer raw = ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.putFloat((float) scalar);
        return initializer(fresh("scalar"), FLOAT, new long[0], raw);
    }

    /** A vector of int64: shapes, axes, bounds. */
    Value constant(long... values) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asLongBuffer().put(values);
        return initializer(fresh("ints"), INT64, new long[] {values.length}, raw);
    }

    /** A constant of one byte, such as a zero point. */
    Value constant(TensorProto.DataType type, byte value) {
        return initializer(fresh("byte"), type, new long[0], ByteBuffer.wrap(new byte[] {value}));
    }

    /** An operator of ONNX Runtime's own. */
    Value ownNode(String operator, List<AttributeProto> attributes, Value... inputs) {
        own = true;
        Value value = node(operator, attributes, inputs);
        graph.getNodeBuilder(graph.getNodeCount() - 1).setDomain(Network.MICROSOFT);
        return value;
    }

    Value node(String operator, List<AttributeProto> attributes, Value... inputs) {
        return nodes(operator, 1, attributes, inputs).get(0);
    }

    List<Value> nodes(String operator, int outputs, List<AttributeProto> attributes, Value... inputs) {
        String name = fresh(operator);
        NodeProto.Builder node = NodeProto.newBuilder().setName(name).setOpType(operator).addAllAttribute(attributes);
        Arrays.stream(inputs).map(Value::name).forEach(node::addInput);
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < outputs; i++) {
            Value value = new Value(outputs == 1 ? name : name + "_" + i);
            node.addOutput(value.name());
            values.add(value);
        }
        graph.addNode(node);
        return values;
    }

    Network build() {
        return new Network(graph.build(), constants, own);
    }

    private Value initializer(String name, TensorProto.DataType type, long[] shape, ByteBuffer raw) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name).setDataType(type.getNumber()).setRawData(ByteString.copyFrom(raw.rewind()));
        Arrays.stream(shape).forEach(tensor::addDims);
        graph.addInitializer(tensor);
        return new Value(name);
    }

    private String fresh(String what) {
        return what + "_" + names++;
    }

    private static ValueInfoProto info(String name, TensorProto.DataType type, String... dimensions) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (String dimension : dimensions) {
            TensorShapeProto.Dimension.Builder one = shape.addDimBuilder();
            if (Character.isDigit(dimension.charAt(0))) {
                one.setDimValue(Long.parseLong(dimension));
            } else {
                one.setDimParam(dimension);
            }
        }
        return ValueInfoProto.newBuilder().setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape)))
                .build();
    }
}
