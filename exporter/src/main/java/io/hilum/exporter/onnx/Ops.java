package io.hilum.exporter.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.Arrays;
import java.util.List;

/**
 * The operators that EVA-X needs, by their ONNX names (opset 17).
 *
 * <p>Threading: owned by the thread that builds.
 */
final class Ops {

    private final GraphBuilder graph;

    Ops(GraphBuilder graph) {
        this.graph = graph;
    }

    GraphBuilder graph() {
        return graph;
    }

    Value add(Value a, Value b) {
        return graph.node("Add", List.of(), a, b);
    }

    Value sub(Value a, Value b) {
        return graph.node("Sub", List.of(), a, b);
    }

    Value mul(Value a, Value b) {
        return graph.node("Mul", List.of(), a, b);
    }

    Value div(Value a, Value b) {
        return graph.node("Div", List.of(), a, b);
    }

    Value matMul(Value a, Value b) {
        return graph.node("MatMul", List.of(), a, b);
    }

    Value sigmoid(Value x) {
        return graph.node("Sigmoid", List.of(), x);
    }

    Value relu(Value x) {
        return graph.node("Relu", List.of(), x);
    }

    Value softmax(Value x) {
        return graph.node("Softmax", List.of(integer("axis", -1)), x);
    }

    /** Over the last axis. */
    Value layerNorm(Value x, Value weight, Value bias, double epsilon) {
        return graph.node("LayerNormalization", List.of(integer("axis", -1), real("epsilon", epsilon)), x, weight, bias);
    }

    /** Kernel and stride of one patch: [B, C, H, W] to [B, D, H/p, W/p]. */
    Value patchConvolution(Value x, Value weight, Value bias, int patch) {
        return graph.node("Conv", List.of(integers("kernel_shape", patch, patch), integers("strides", patch, patch)),
                x, weight, bias);
    }

    Value toFloat(Value x) {
        return graph.node("Cast", List.of(integer("to", TensorProto.DataType.FLOAT.getNumber())), x);
    }

    /** A zero keeps the dimension at its place. */
    Value reshape(Value x, long... shape) {
        return graph.node("Reshape", List.of(), x, graph.constant(shape));
    }

    Value transpose(Value x, long... order) {
        return graph.node("Transpose", List.of(integers("perm", order)), x);
    }

    Value unsqueeze(Value x, long... axes) {
        return graph.node("Unsqueeze", List.of(), x, graph.constant(axes));
    }

    /** From (included) to (excluded) along one axis. */
    Value slice(Value x, int axis, long from, long to) {
        return graph.node("Slice", List.of(), x, graph.constant(new long[] {from}), graph.constant(new long[] {to}),
                graph.constant(new long[] {axis}));
    }

    List<Value> split(Value x, int axis, long... sizes) {
        return graph.nodes("Split", sizes.length, List.of(integer("axis", axis)), x, graph.constant(sizes));
    }

    Value concat(int axis, Value... parts) {
        return graph.node("Concat", List.of(integer("axis", axis)), parts);
    }

    Value expand(Value x, Value shape) {
        return graph.node("Expand", List.of(), x, shape);
    }

    /** One dimension of x as a vector of one int64. */
    Value dimension(Value x, int axis) {
        return graph.node("Shape", List.of(integer("start", axis), integer("end", axis + 1)), x);
    }

    Value gatherRows(Value table, Value indices) {
        return graph.node("Gather", List.of(integer("axis", 0)), table, indices);
    }

    /** Indices of the k largest of the last axis, largest first. */
    Value topIndices(Value x, Value k) {
        return graph.nodes("TopK", 2, List.of(integer("axis", -1)), x, k).get(1);
    }

    Value less(Value a, Value b) {
        return graph.node("Less", List.of(), a, b);
    }

    Value where(Value condition, Value then, Value otherwise) {
        return graph.node("Where", List.of(), condition, then, otherwise);
    }

    Value sqrt(Value x) {
        return graph.node("Sqrt", List.of(), x);
    }

    Value mean(Value x, boolean keep, long... axes) {
        return graph.node("ReduceMean", List.of(integers("axes", axes), integer("keepdims", keep ? 1 : 0)), x);
    }

    Value max(Value x, boolean keep, long... axes) {
        return graph.node("ReduceMax", List.of(integers("axes", axes), integer("keepdims", keep ? 1 : 0)), x);
    }

    Value min(Value x, boolean keep, long... axes) {
        return graph.node("ReduceMin", List.of(integers("axes", axes), integer("keepdims", keep ? 1 : 0)), x);
    }

    /** Here the axes are an input: the operator changed earlier than its siblings. */
    Value sum(Value x, boolean keep, long... axes) {
        return graph.node("ReduceSum", List.of(integer("keepdims", keep ? 1 : 0)), x, graph.constant(axes));
    }

    private static AttributeProto integer(String name, long value) {
        return AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INT).setI(value).build();
    }

    private static AttributeProto real(String name, double value) {
        return AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.FLOAT).setF((float) value).build();
    }

    private static AttributeProto integers(String name, long... values) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
        Arrays.stream(values).forEach(attribute::addInts);
        return attribute.build();
    }
}
