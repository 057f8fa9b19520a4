package io.hilum.exporter.onnx;

import io.hilum.model.Architecture;
import java.util.Arrays;
import java.util.List;

/**
 * One pre-norm block: {@code x += attn(norm1(x)); x += mlp(norm2(x))}.
 *
 * <p>What the Grad-CAM branch needs of the last block stays visible as fields; N tokens with the class token
 * first, H heads, F hidden width.
 *
 * @param normed output of norm1 [B,N,D]: the target of Grad-CAM
 * @param query scaled and rotated [B,H,N,64]
 * @param key rotated [B,H,N,64]
 * @param value [B,H,N,64]
 * @param attention after softmax [B,H,N,N]
 * @param mixed attention times value [B,H,N,64]
 * @param middle input of norm2 [B,N,D]
 * @param gate before the sigmoid [B,N,F]
 * @param up the value half of the SwiGLU [B,N,F]
 * @param hidden silu(gate) * up, before the inner norm where there is one [B,N,F]
 * @param output [B,N,D]
 * @param constants the block's weights as graph values
 */
record Block(
        Value normed, Value query, Value key, Value value, Value attention, Value mixed, Value middle,
        Value gate, Value up, Value hidden, Value output, Constants constants) {

    /**
     * Weights that the way back needs again, as stored: [out, in].
     *
     * @param qkv in export order, q scaled [3D, D]
     * @param innerNorm null where the SwiGLU has none
     */
    record Constants(Value qkv, Value projection, Value norm2, Value gateAndValue, Value innerNorm, Value down) {}

    static Block of(Ops ops, Weights weights, Architecture architecture, Rotation rotation, String name, Value x) {
        return of(ops, weights, architecture, rotation, name, x, norm(ops, weights, name + "norm1", x));
    }

    /** @param normed what norm1 made of x */
    static Block of(
            Ops ops, Weights weights, Architecture architecture, Rotation rotation, String name, Value x, Value normed) {
        GraphBuilder graph = ops.graph();
        int dim = architecture.dim();
        int heads = architecture.heads();
        int hiddenWidth = architecture.hidden();

        Value qkvWeight = graph.constant(name + "attn.qkv.weight", exported(weights.qkv(name), dim));
        Value qkvBias = graph.constant(name + "attn.qkv.bias", exported(weights.qkvBias(name), dim));
        Value qkv = linear(ops, normed, qkvWeight, qkvBias);
        List<Value> parts = ops.split(qkv, -1, 2L * dim, dim);
        Value queryAndKey = rotation.apply(heads(ops, parts.get(0), 2 * heads));
        List<Value> rotated = ops.split(queryAndKey, 1, heads, heads);
        Value query = rotated.get(0);
        Value key = rotated.get(1);
        Value value = heads(ops, parts.get(1), heads);
        Value attention = ops.softmax(ops.matMul(query, ops.transpose(key, 0, 1, 3, 2)));
        Value mixed = ops.matMul(attention, value);
        Value joined = ops.reshape(ops.transpose(mixed, 0, 2, 1, 3), 0, 0, dim);
        Value projection = graph.constant(name + "attn.proj.weight", weights.get(name + "attn.proj.weight"));
        Value middle = ops.add(x, linear(ops, joined, projection,
                graph.constant(name + "attn.proj.bias", weights.get(name + "attn.proj.bias"))));

        Value gateAndValue = graph.constant(name + "mlp.w12.weight", weights.gateAndValue(name));
        Value norm2 = graph.constant(name + "norm2.weight", weights.get(name + "norm2.weight"));
        Value ready = ops.layerNorm(middle, norm2, graph.constant(name + "norm2.bias", weights.get(name + "norm2.bias")),
                Architecture.NORM_EPS);
        List<Value> halves = ops.split(linear(ops, ready, gateAndValue,
                graph.constant(name + "mlp.w12.bias", weights.gateAndValueBias(name))), -1, hiddenWidth, hiddenWidth);
        Value gate = halves.get(0);
        Value up = halves.get(1);
        Value hidden = ops.mul(ops.mul(gate, ops.sigmoid(gate)), up);
        Value innerNorm = null;
        Value narrowed = hidden;
        if (architecture.normInMlp()) {
            innerNorm = graph.constant(name + "mlp.ffn_ln.weight", weights.get(name + "mlp.ffn_ln.weight"));
            narrowed = ops.layerNorm(hidden, innerNorm,
                    graph.constant(name + "mlp.ffn_ln.bias", weights.get(name + "mlp.ffn_ln.bias")), Architecture.NORM_EPS);
        }
        Value down = graph.constant(name + "mlp.w3.weight", weights.get(name + "mlp.w3.weight"));
        Value output = ops.add(middle, linear(ops, narrowed, down,
                graph.constant(name + "mlp.w3.bias", weights.get(name + "mlp.w3.bias"))));

        return new Block(normed, query, key, value, attention, mixed, middle, gate, up, hidden, output,
                new Constants(qkvWeight, projection, norm2, gateAndValue, innerNorm, down));
    }

    /** x W^T + b with W as stored, [out, in]; the transpose of a constant is folded when the graph is loaded. */
    static Value linear(Ops ops, Value x, Value weight, Value bias) {
        return ops.add(ops.matMul(x, ops.transpose(weight, 1, 0)), bias);
    }

    static Value norm(Ops ops, Weights weights, String name, Value x) {
        GraphBuilder graph = ops.graph();
        return ops.layerNorm(x, graph.constant(name + ".weight", weights.get(name + ".weight")),
                graph.constant(name + ".bias", weights.get(name + ".bias")), Architecture.NORM_EPS);
    }

    /** [B,N,heads*64] to [B,heads,N,64]. */
    private static Value heads(Ops ops, Value x, int heads) {
        return ops.transpose(ops.reshape(x, 0, 0, heads, Architecture.HEAD_DIM), 0, 2, 1, 3);
    }

    /**
     * Rows q and k in the order of {@link Rotation}; q times 1/8, the attention's scale: a power of two, so the
     * fold is exact, and the scale is on q before the product, as fused attention kernels want it.
     */
    private static Weight exported(Weight qkv, int dim) {
        int width = qkv.values().length / qkv.rows();
        float[] values = qkv.values().clone();
        for (int part = 0; part < 2; part++) {
            float[] rows = Arrays.copyOfRange(qkv.values(), part * dim * width, (part + 1) * dim * width);
            float[] reordered = Rotation.reordered(new Weight(new long[] {dim, width}, rows)).values();
            System.arraycopy(reordered, 0, values, part * dim * width, reordered.length);
        }
        float scale = (float) (1 / Math.sqrt(Architecture.HEAD_DIM));
        for (int i = 0; i < dim * width; i++) {
            values[i] *= scale;
        }
        return new Weight(qkv.shape(), values);
    }
}
