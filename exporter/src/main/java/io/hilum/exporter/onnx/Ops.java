package io.hilum.exporter.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.hilum.model.Architecture;
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
        return cast(x, TensorProto.DataType.FLOAT);
    }

    Value cast(Value x, TensorProto.DataType type) {
        return graph.node("Cast", List.of(integer("to", type.getNumber())), x);
    }

    /** x W^T + b with W as stored, [out, in]; x must be a matrix. */
    Value gemm(Value x, Value weight, Value bias) {
        return graph.node("Gemm", List.of(integer("transB", 1)), x, weight, bias);
    }

    Value reciprocal(Value x) {
        return graph.node("Reciprocal", List.of(), x);
    }

    Value exp(Value x) {
        return graph.node("Exp", List.of(), x);
    }

    Value log(Value x) {
        return graph.node("Log", List.of(), x);
    }

    /** Along one axis, which stays with length 1. */
    Value sumOfSquares(Value x, long axis) {
        return graph.node("ReduceSumSquare", List.of(integers("axes", axis), integer("keepdims", 1)), x);
    }

    /** [B,N,heads*64] to [B,heads,N,64]. */
    Value heads(Value x, int heads) {
        return transpose(reshape(x, 0, 0, heads, Architecture.HEAD_DIM), 0, 2, 1, 3);
    }

    /** Joined along the first axis; one alone stays as it is. */
    Value joined(List<Value> parts) {
        return parts.size() == 1 ? parts.get(0) : concat(0, parts.toArray(Value[]::new));
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

    /**
     * ONNX Runtime's rotary operator.
     *
     * @param x [B,N,heads*64]
     * @param cos [N,32]
     * @param sin [N,32]
     */
    Value rotaryEmbedding(Value x, Value cos, Value sin, int heads) {
        return graph.ownNode("RotaryEmbedding", List.of(integer("interleaved", 0), integer("num_heads", heads),
                integer("rotary_embedding_dim", Architecture.HEAD_DIM)), x, graph.constant(new long[] {0}), cos, sin);
    }

    /** To unsigned bytes: round(x / scale) + zero, cut to 0..255. */
    Value quantise(Value x, Value scale, Value zero) {
        return graph.node("QuantizeLinear", List.of(), x, scale, zero);
    }

    /**
     * ONNX Runtime's product of integers that gives floats.
     *
     * @param x uint8 [M,in]
     * @param weight int8 [in,out]
     * @param weightScale [out]
     * @return (x - zero) * scale times weight * weightScale, plus bias [M,out]
     */
    Value integerProduct(Value x, Value weight, Value scale, Value weightScale, Value zero, Value bias) {
        return graph.ownNode("MatMulIntegerToFloat", List.of(), x, weight, scale, weightScale, zero, Value.ABSENT, bias);
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
