package io.hilum.exporter.onnx;

import io.hilum.model.Architecture;
import io.hilum.model.Rope;
import java.util.Arrays;
import java.util.List;

/**
 * Rotary positions as plain arithmetic with constant tables.
 *
 * <p>The reference rotates neighbouring values (2k, 2k+1) of a head. A product of q and k does not change when both
 * heads are re-ordered alike, so the rows of the q and k weights are re-ordered at export, even values before odd
 * ones: the same rotation then moves two contiguous halves, which costs two block copies instead of a gather of
 * single values. The class token's row of the tables is cos 1, sin 0: it is not rotated.
 */
final class Rotation {

    private static final int HEAD = Architecture.HEAD_DIM;
    private static final int HALF = HEAD / 2;

    private final Ops ops;
    private final int tokens;
    /** Per token the cosines of the 32 pairs; the class token's are 1. */
    private final float[] cosines;
    private final float[] sines;

    Rotation(Ops ops, int grid) {
        this.ops = ops;
        this.tokens = 1 + grid * grid;
        Rope rope = Rope.of(grid);
        cosines = new float[tokens * HALF];
        sines = new float[tokens * HALF];
        Arrays.fill(cosines, 0, HALF, 1);
        for (int t = 1; t < tokens; t++) {
            for (int pair = 0; pair < HALF; pair++) {
                int from = (t - 1) * HEAD + 2 * pair;
                cosines[t * HALF + pair] = rope.cos()[from];
                sines[t * HALF + pair] = rope.sin()[from];
            }
        }
    }

    /** By ONNX Runtime's own operator: [B,N,heads*64] to the same. */
    Value applyOwn(Value x, int heads) {
        return ops.rotaryEmbedding(x, ops.graph().constant("rope.cos_pairs", Weight.of(cosines, tokens, HALF)),
                ops.graph().constant("rope.sin_pairs", Weight.of(sines, tokens, HALF)), heads);
    }

    /** [.., heads, tokens, 64], values in export order. */
    Value apply(Value x) {
        return ops.add(ops.mul(x, cos()), ops.mul(swapped(x), sin()));
    }

    /**
     * The transposed rotation of a gradient, summed over patch tokens: how it comes back to the query's projection.
     *
     * @param gradient [B,H,K,N,64]
     * @return [B,H,K,64]
     */
    Value queryPatchSum(Value gradient) {
        // Halves are swapped after the sum, which is cheaper: a swap moves values within a token only.
        Value straight = ops.sum(ops.mul(gradient, patchCos()), false, 3);
        Value crossed = ops.sum(ops.mul(gradient, sin()), false, 3);
        return ops.add(straight, swapped(crossed));
    }

    /**
     * The same for the key, whose gradient is scores^T times query. The sum over tokens is drawn into that product:
     * scores times the tables, then a product with the query by values; no transposed product is needed.
     *
     * @param scores gradient of the attention scores, classes and tokens as rows [B,H,K*N,N]
     * @param query [B,H,N,64]
     * @return [B,H,K,64]
     */
    Value keyPatchSum(Value scores, Value query, int tokens) {
        Value turned = ops.reshape(ops.matMul(scores, patchCosSin()), 0, 0, -1, tokens, HEAD);
        Value perClass = ops.unsqueeze(query, 2);
        List<Value> alike = ops.split(ops.sum(ops.mul(turned, perClass), false, 3), -1, HALF, HALF);
        List<Value> crossed = ops.split(ops.sum(ops.mul(turned, swapped(perClass)), false, 3), -1, HALF, HALF);
        return ops.concat(-1, ops.add(alike.get(0), alike.get(1)), ops.sub(crossed.get(0), crossed.get(1)));
    }

    /** Rows of q and k weights or biases, [heads * 64, ..], into export order. */
    static Weight reordered(Weight weight) {
        int width = weight.values().length / weight.rows();
        float[] rows = new float[weight.values().length];
        for (int row = 0; row < weight.rows(); row++) {
            int head = row / HEAD;
            int within = row % HEAD;
            int from = head * HEAD + (within < HALF ? 2 * within : 2 * (within - HALF) + 1);
            System.arraycopy(weight.values(), from * width, rows, row * width, width);
        }
        return new Weight(weight.shape(), rows);
    }

    private Value swapped(Value x) {
        List<Value> halves = ops.split(x, -1, HALF, HALF);
        return ops.concat(-1, halves.get(1), halves.get(0));
    }

    private Value cos() {
        return table("rope.cos", cosines, 1, cosines, 1, true);
    }

    /** Even values get minus the odd ones, odd values plus the even ones; zero in the class token's row. */
    private Value sin() {
        return table("rope.sin", sines, -1, sines, 1, true);
    }

    /** As {@link #cos}, but zero in the class token's row (as sin is): what a sum over patch tokens needs. */
    private Value patchCos() {
        return table("rope.patch_cos", cosines, 1, cosines, 1, false);
    }

    /** Cosines of the 32 pairs, then sines; zero in the class token's row. */
    private Value patchCosSin() {
        return table("rope.patch_cos_sin", cosines, 1, sines, 1, false);
    }

    /** [N,64]: two halves, each times a sign. */
    private Value table(String name, float[] first, int firstSign, float[] second, int secondSign, boolean classToken) {
        float[] values = new float[tokens * HEAD];
        for (int t = classToken ? 0 : 1; t < tokens; t++) {
            for (int pair = 0; pair < HALF; pair++) {
                values[t * HEAD + pair] = firstSign * first[t * HALF + pair];
                values[t * HEAD + HALF + pair] = secondSign * second[t * HALF + pair];
            }
        }
        return ops.graph().constant(name, Weight.of(values, tokens, HEAD));
    }
}
