package io.hilum.exporter.onnx;

import io.hilum.exporter.onnx.BlockWeights.Norm;
import io.hilum.model.Architecture;
import java.util.Arrays;

/**
 * Exact Grad-CAM (Selvaraju et al. 2017) as part of the forward pass, without autograd.
 *
 * <p>Target: the output u of the last block's norm1, class token dropped; target value: the logit of class k. As
 * this is the last block, its gradient reaches u only through its own attention, and in closed form. One row of
 * the comments is one step; T patch tokens, N = T + 1, K classes asked for (0 is allowed and costs nothing).
 *
 * @param raw sum over channels of alpha * u, before ReLU [B,K,grid,grid]
 * @param scaled ReLU, minus minimum, / (maximum + 1e-7) [B,K,grid,grid]
 * @param maximum of the raw map [B,K]
 */
record GradCam(Value raw, Value scaled, Value maximum) {

    private static final double EPSILON = 1e-7;

    /**
     * @param last traced, see {@link BlockWriter#traced}
     * @param classes label indices, int64 [B,K]
     */
    static GradCam of(
            Ops ops, BlockWeights weights, int grid, Block last, Head head, Rotation rotation, Value classes) {
        GraphBuilder graph = ops.graph();
        Architecture architecture = weights.architecture();
        int heads = architecture.heads();
        int dim = architecture.dim();
        int patches = grid * grid;
        int tokens = 1 + patches;
        Value perPatch = graph.constant(1.0 / patches);

        // 1. Logit to pooled vector: the same gradient for every patch token, none for the class token. [B,K,D]
        Value pooled = ops.mul(NormGradient.of(ops, head.norm(), ops.unsqueeze(head.pooled(), 1), 2)
                .apply(ops.gatherRows(head.weight(), classes)), perPatch);
        Value gradient = ops.unsqueeze(pooled, 2);

        // 2. Back through the SwiGLU to norm2's output. [B,K,N,D]
        Value hidden = ops.matMul(pooled, weights.down().weight(graph));
        Value perToken = ops.unsqueeze(hidden, 2);
        if (weights.hasInnerNorm()) {
            perToken = NormGradient.of(ops, weights.norm(Norm.INNER).weight(graph), ops.unsqueeze(last.hidden(), 1), 3).apply(perToken);
        }
        Value sigmoid = ops.sigmoid(last.gate());
        Value silu = ops.mul(last.gate(), sigmoid);
        Value slope = ops.mul(sigmoid, ops.add(graph.constant(1), ops.sub(last.gate(), silu)));
        Value factors = ops.unsqueeze(ops.concat(-1, ops.mul(last.up(), slope), silu), 1);
        Value swiglu = ops.matMul(ops.mul(ops.concat(-1, perToken, perToken), factors),
                ops.concat(0, weights.gate().weight(graph), weights.up().weight(graph)));

        // 3. Past the residual and norm2, class token's row zero; then through the projection, by heads. [B,H,K,N,64]
        Value middle = NormGradient.of(ops, weights.norm(Norm.SECOND).weight(graph), ops.unsqueeze(last.middle(), 1), 3).apply(swiglu);
        Value masked = ops.mul(ops.add(gradient, middle), patchMask(graph, patches));
        Value mixed = ops.transpose(
                ops.reshape(ops.matMul(masked, weights.projection().weight(graph)), 0, 0, 0, heads, Architecture.HEAD_DIM), 0, 3, 1, 2, 4);

        // 4. Through softmax to scores, then to q; q carries the scale already. Classes and tokens are the rows of one
        //    product a head [B,H,K*N,..], which is faster than K products, and K = 0 is a product of no rows.
        Value rows = ops.reshape(mixed, 0, 0, -1, Architecture.HEAD_DIM);
        Value attention = ops.unsqueeze(last.attention(), 2);
        Value probabilities = ops.reshape(ops.matMul(rows, ops.transpose(last.value(), 0, 1, 3, 2)), 0, 0, -1, tokens, tokens);
        // rowsum(dP * P) = rowsum(dO * O), which is 64 values wide instead of N. The axis is counted from the front:
        // ONNX Runtime 1.29 reduces an empty tensor to a wrong shape when it is counted from the back.
        Value along = ops.sum(ops.mul(mixed, ops.unsqueeze(last.mixed(), 2)), true, 4);
        Value scores = ops.reshape(ops.mul(attention, ops.sub(probabilities, along)), 0, 0, -1, tokens);
        Value query = ops.reshape(ops.matMul(scores, last.key()), 0, 0, -1, tokens, Architecture.HEAD_DIM);

        // 5. Rotate back per token and sum over patch tokens, as the sum commutes with the projections. [B,H,K,64]
        Value querySum = rotation.queryPatchSum(query);
        Value keySum = rotation.keyPatchSum(scores, last.query(), tokens);
        Value toPatches = ops.sub(graph.constant(1), ops.slice(attention, 4, 0, 1));
        Value valueSum = ops.sum(ops.mul(toPatches, mixed), false, 3);

        // 6. Through the packed projection: one weight a channel. [B,K,D]
        Value sums = ops.concat(-1, joined(ops, querySum, dim), joined(ops, keySum, dim), joined(ops, valueSum, dim));
        Value packed = ops.concat(0, weights.query().weight(graph), weights.key().weight(graph), weights.value().weight(graph));
        Value alpha = ops.mul(ops.matMul(sums, packed), perPatch);

        Value target = ops.slice(last.normed(), 1, 1, 1L + patches);
        Value raw = ops.reshape(ops.matMul(alpha, ops.transpose(target, 0, 2, 1)), 0, 0, grid, grid);
        return new GradCam(raw, scaled(ops, raw), ops.max(raw, false, 2, 3));
    }

    /** [B,H,K,64] to [B,K,D]. */
    private static Value joined(Ops ops, Value byHead, int dim) {
        return ops.reshape(ops.transpose(byHead, 0, 2, 1, 3), 0, 0, dim);
    }

    private static Value scaled(Ops ops, Value raw) {
        Value positive = ops.relu(raw);
        Value lowered = ops.sub(positive, ops.min(positive, true, 2, 3));
        return ops.div(lowered, ops.add(ops.max(lowered, true, 2, 3), ops.graph().constant(EPSILON)));
    }

    /** [N,1]: zero for the class token, one for patches. */
    private static Value patchMask(GraphBuilder graph, int patches) {
        float[] mask = new float[1 + patches];
        Arrays.fill(mask, 1, mask.length, 1);
        return graph.constant("cam.patches", Weight.of(mask, 1L + patches, 1));
    }
}
