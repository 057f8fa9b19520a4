package io.hilum.exporter.onnx;

import io.hilum.exporter.onnx.BlockWeights.Norm;
import io.hilum.model.Architecture;
import java.util.Arrays;
import java.util.List;

/**
 * Blocks as TensorRT fuses them, of opset 17 only: LayerNormalization nodes, packed projections, products of q and k,
 * softmax and v next to each other.
 *
 * <p>In half precision the residual stream, norms and rotations stay fp32; what goes into a product is narrowed just
 * before it. Softmax stays between its two products without a cast, which would keep them from being fused; fused
 * kernels sum in fp32 by themselves.
 */
record StandardBlock(Ops ops, Weights weights, Architecture architecture, Rotation rotation, Half half) implements BlockWriter {

    @Override
    public Block write(String name, Value x) {
        BlockWeights block = new BlockWeights(weights, architecture, name, Smoothing.NONE);
        return write(block, x, norm(block.norm(Norm.FIRST), x));
    }

    /** @param normed what norm1 made of x */
    Block write(BlockWeights block, Value x, Value normed) {
        int dim = architecture.dim();
        int heads = architecture.heads();

        Value qkv = linear(half.narrow(normed), block.query(), block.key(), block.value());
        List<Value> parts = ops.split(qkv, -1, 2L * dim, dim);
        Value turned = half.narrow(rotation.apply(half.widen(ops.heads(parts.get(0), 2 * heads))));
        List<Value> rotated = ops.split(turned, 1, heads, heads);
        Value query = rotated.get(0);
        Value key = rotated.get(1);
        Value value = ops.heads(parts.get(1), heads);
        Value attention = ops.softmax(ops.matMul(query, ops.transpose(key, 0, 1, 3, 2)));
        Value mixed = ops.matMul(attention, value);
        Value joined = ops.reshape(ops.transpose(mixed, 0, 2, 1, 3), 0, 0, dim);
        Value middle = ops.add(x, half.widen(linear(joined, block.projection())));

        int width = architecture.hidden();
        List<Value> halves = ops.split(
                linear(half.narrow(norm(block.norm(Norm.SECOND), middle)), block.gate(), block.up()), -1, width, width);
        Value gate = halves.get(0);
        Value up = halves.get(1);
        Value hidden = ops.mul(ops.mul(gate, ops.sigmoid(gate)), up);
        Value narrowed = block.hasInnerNorm() ? half.narrow(norm(block.norm(Norm.INNER), half.widen(hidden))) : hidden;
        Value output = ops.add(middle, half.widen(linear(narrowed, block.down())));
        return new Block(normed, query, key, value, attention, mixed, middle, gate, up, hidden, output);
    }

    @Override
    public Block traced(Block block) {
        return new Block(block.normed(), half.widen(block.query()), half.widen(block.key()), half.widen(block.value()),
                half.widen(block.attention()), half.widen(block.mixed()), block.middle(), half.widen(block.gate()),
                half.widen(block.up()), half.widen(block.hidden()), block.output());
    }

    /** Several layers of one input as one product; joined, transposed and narrowed constants are folded on loading. */
    private Value linear(Value x, Layer... layers) {
        GraphBuilder graph = ops.graph();
        Value weight = ops.joined(Arrays.stream(layers).map(layer -> layer.weight(graph)).toList());
        Value bias = ops.joined(Arrays.stream(layers).map(layer -> layer.bias(graph)).toList());
        return ops.add(ops.matMul(x, ops.transpose(half.narrow(weight), 1, 0)), half.narrow(bias));
    }

    Value norm(Layer norm, Value x) {
        return ops.layerNorm(x, norm.weight(ops.graph()), norm.bias(ops.graph()), Architecture.NORM_EPS);
    }
}
