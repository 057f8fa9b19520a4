package io.hilum.exporter.onnx;

import io.hilum.exporter.onnx.BlockWeights.Norm;
import io.hilum.model.Architecture;
import java.util.List;

/**
 * Blocks as ONNX Runtime's CPU kernels (1.29) are fastest, where they differ from {@link StandardBlock}'s: a norm of simple
 * operators, as its LayerNormalization is not vectorised; tokens as rows of one matrix, so that a bias is added inside the
 * product; separate projections instead of a packed one and a split of its rows; and its own rotary operator. Its profiler
 * ({@code SessionOptions.enableProfiling}) shows each of them.
 *
 * <p>Between blocks tokens are the rows of a matrix [B*N,D].
 */
record RuntimeBlock(Ops ops, Weights weights, Architecture architecture, Rotation rotation, int tokens, Linears linears,
        Smoothing smoothing) implements BlockWriter {

    @Override
    public Value enter(Value x) {
        return ops.reshape(x, -1, architecture.dim());
    }

    @Override
    public Value leave(Value x) {
        return ops.reshape(x, -1, tokens, architecture.dim());
    }

    @Override
    public Block write(String name, Value x) {
        BlockWeights block = new BlockWeights(weights, architecture, name, smoothing);
        return write(block, x, norm(block.norm(Norm.FIRST), x));
    }

    /** @param normed what norm1 made of x */
    Block write(BlockWeights block, Value x, Value normed) {
        String name = block.name();
        int dim = architecture.dim();
        int heads = architecture.heads();

        List<Value> projected = linears.of(Site.ATTENTION_IN.of(name), normed, block.query(), block.key(), block.value());
        Value query = ops.heads(rotation.applyOwn(leave(projected.get(0)), heads), heads);
        Value key = ops.heads(rotation.applyOwn(leave(projected.get(1)), heads), heads);
        Value value = ops.heads(leave(projected.get(2)), heads);
        Value attention = ops.softmax(ops.matMul(query, ops.transpose(key, 0, 1, 3, 2)));
        Value mixed = ops.matMul(attention, value);
        Value joined = ops.reshape(ops.transpose(mixed, 0, 2, 1, 3), -1, dim);
        Value middle = ops.add(x, linears.of(Site.ATTENTION_OUT.of(name), joined, block.projection()).get(0));

        List<Value> halves = linears.of(Site.MLP_IN.of(name), norm(block.norm(Norm.SECOND), middle), block.gate(), block.up());
        Value gate = halves.get(0);
        Value up = halves.get(1);
        Value hidden = ops.mul(ops.mul(gate, ops.sigmoid(gate)), up);
        Value inner = block.hasInnerNorm() ? norm(block.norm(Norm.INNER), hidden) : hidden;
        Value output = ops.add(middle, linears.of(Site.MLP_OUT.of(name), inner, block.down()).get(0));
        return new Block(normed, query, key, value, attention, mixed, middle, gate, up, hidden, output);
    }

    @Override
    public Block traced(Block block) {
        return new Block(leave(block.normed()), block.query(), block.key(), block.value(), block.attention(), block.mixed(),
                leave(block.middle()), wide(block.gate()), wide(block.up()), wide(block.hidden()), block.output());
    }

    /** [M,F] to [B,N,F]. */
    private Value wide(Value rows) {
        return ops.reshape(rows, -1, tokens, architecture.hidden());
    }

    /** LayerNorm of rows [M,..], in operators that are vectorised. */
    Value norm(Layer norm, Value x) {
        GraphBuilder graph = ops.graph();
        Value centred = ops.sub(x, ops.mean(x, true, 1));
        Value variance = ops.mul(ops.sumOfSquares(centred, 1), graph.constant(1.0 / norm.weight().values().length));
        Value scale = ops.reciprocal(ops.sqrt(ops.add(variance, graph.constant(Architecture.NORM_EPS))));
        return ops.add(ops.mul(ops.mul(centred, scale), norm.weight(graph)), norm.bias(graph));
    }
}
