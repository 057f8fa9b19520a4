package io.hilum.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The three published sizes of EVA-X (Yao et al., "EVA-X: a foundation model for general chest X-ray
 * analysis with self-supervised learning"), with the differences that a forward pass must know.
 *
 * <p>All of them: patches of 16 pixels, a class token in front, learned positions, pre-norm blocks with
 * rotary positions on patch tokens, a SwiGLU, the mean over patch tokens, {@code fc_norm}, a linear head.
 */
public enum Architecture {
    /** 192 wide, 3 heads; one fused {@code qkv} and one fused {@code w12}. */
    EVA_X_TI("eva-x-ti", 192, 3, false),
    /** 384 wide, 6 heads; as Ti otherwise. */
    EVA_X_S("eva-x-s", 384, 6, false),
    /** 768 wide, 12 heads; separate q, k, v, separate w1, w2, and a norm inside the SwiGLU. */
    EVA_X_B("eva-x-b", 768, 12, true);

    /** Side of a patch in pixels. */
    public static final int PATCH = 16;
    /** Input channels: the same grey film three times. */
    public static final int CHANNELS = 3;
    /** Values of one attention head. */
    public static final int HEAD_DIM = 64;
    /** Transformer blocks. */
    public static final int BLOCKS = 12;
    /** Patches a side during pre-training at 224 pixels; rotary positions are squeezed into this range. */
    public static final int BASE_GRID = 14;
    /** Epsilon of every LayerNorm. */
    public static final double NORM_EPS = 1e-6;
    /** Mean of a film in [0, 1] for the EVA models; the same for three channels. */
    public static final double MEAN = 0.49185243;
    /** Standard deviation that belongs to {@link #MEAN}. */
    public static final double STD = 0.28509309;

    private final String id;
    private final int dim;
    private final int heads;
    private final boolean separate;

    Architecture(String id, int dim, int heads, boolean separate) {
        this.id = id;
        this.dim = dim;
        this.heads = heads;
        this.separate = separate;
    }

    /** The name used in files: {@code eva-x-ti}, {@code eva-x-s}, {@code eva-x-b}. */
    @JsonValue
    public String id() {
        return id;
    }

    /** Width of a token. */
    public int dim() {
        return dim;
    }

    /** Attention heads of {@link #HEAD_DIM} values each. */
    public int heads() {
        return heads;
    }

    /** Width inside the SwiGLU: int(dim * 8 / 3). */
    public int hidden() {
        return dim * 8 / 3;
    }

    /** Whether q, k, v are separate weights ({@code q_proj} ...) instead of one {@code qkv}. */
    public boolean separateQkv() {
        return separate;
    }

    /** Whether the SwiGLU has separate {@code w1}, {@code w2} and the norm {@code ffn_ln} before {@code w3}. */
    public boolean normInMlp() {
        return separate;
    }

    /** Patches a side of an input of {@code size} pixels. */
    public static int grid(int size) {
        if (size < PATCH || size % PATCH != 0) {
            throw new IllegalArgumentException(
                "An input of %d pixels cannot be cut into patches of %d; choose a multiple.".formatted(size, PATCH));
        }
        return size / PATCH;
    }

    /**
     * Every weight of a classifier, in the order of the forward pass, with its shape.
     *
     * @param grid patches a side, which sets the length of {@code pos_embed}
     * @param classes rows of the head
     */
    public Map<String, long[]> parameters(int grid, int classes) {
        var all = new LinkedHashMap<String, long[]>();
        long d = dim;
        long h = hidden();
        all.put("cls_token", new long[] {1, 1, d});
        all.put("pos_embed", new long[] {1, 1L + (long) grid * grid, d});
        all.put("patch_embed.proj.weight", new long[] {d, CHANNELS, PATCH, PATCH});
        all.put("patch_embed.proj.bias", new long[] {d});
        for (int i = 0; i < BLOCKS; i++) {
            String b = "blocks." + i + ".";
            norm(all, b + "norm1", d);
            if (separate) {
                all.put(b + "attn.q_proj.weight", new long[] {d, d});
                all.put(b + "attn.k_proj.weight", new long[] {d, d});
                all.put(b + "attn.v_proj.weight", new long[] {d, d});
            } else {
                all.put(b + "attn.qkv.weight", new long[] {3 * d, d});
            }
            all.put(b + "attn.q_bias", new long[] {d});
            all.put(b + "attn.v_bias", new long[] {d});
            linear(all, b + "attn.proj", d, d);
            norm(all, b + "norm2", d);
            if (separate) {
                linear(all, b + "mlp.w1", h, d);
                linear(all, b + "mlp.w2", h, d);
                norm(all, b + "mlp.ffn_ln", h);
            } else {
                linear(all, b + "mlp.w12", 2 * h, d);
            }
            linear(all, b + "mlp.w3", d, h);
        }
        norm(all, "fc_norm", d);
        linear(all, "head", classes, d);
        return all;
    }

    private static void norm(Map<String, long[]> all, String name, long width) {
        all.put(name + ".weight", new long[] {width});
        all.put(name + ".bias", new long[] {width});
    }

    private static void linear(Map<String, long[]> all, String name, long out, long in) {
        all.put(name + ".weight", new long[] {out, in});
        all.put(name + ".bias", new long[] {out});
    }

    /** The architecture of that {@link #id()}. */
    @JsonCreator
    public static Architecture of(String id) {
        for (Architecture a : values()) {
            if (a.id.equalsIgnoreCase(id)) {
                return a;
            }
        }
        throw new IllegalArgumentException("No architecture is called '%s'; there are %s.".formatted(
            id, Arrays.stream(values()).map(Architecture::id).collect(Collectors.joining(", "))));
    }
}
