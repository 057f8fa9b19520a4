package io.hilum.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Every network that trainer and exporter know, with the differences that a forward pass must know: the three
 * published sizes of EVA-X (Yao et al., "EVA-X: a foundation model for general chest X-ray analysis with
 * self-supervised learning"), and plain vision transformers (Dosovitskiy et al., 2021) as baselines and teachers.
 *
 * <p>All of them: patches of 16 pixels, a class token in front, learned positions, pre-norm blocks, heads of 64
 * values. As classifiers all take the mean over patch tokens, {@code fc_norm} and a linear head; for the plain ones
 * this is what MAE's fine-tuning does, which the reference's ViT-S baseline (Medical MAE) follows. {@link Family}
 * tells the blocks apart.
 */
public enum Architecture {
    /** 192 wide, 3 heads; one fused {@code qkv} and one fused {@code w12}. */
    EVA_X_TI("eva-x-ti", Family.EVA_X, 192, 3, false),
    /** 384 wide, 6 heads; as Ti otherwise. */
    EVA_X_S("eva-x-s", Family.EVA_X, 384, 6, false),
    /** 768 wide, 12 heads; separate q, k, v, separate w1, w2, and a norm inside the SwiGLU. */
    EVA_X_B("eva-x-b", Family.EVA_X, 768, 12, true),
    /** 384 wide, 6 heads; a baseline. */
    VIT_S("vit-s", Family.VIT, 384, 6, false),
    /** 768 wide, 12 heads; a baseline, and the MGCA teacher of pre-training. */
    VIT_B("vit-b", Family.VIT, 768, 12, false);

    /** What the blocks are made of. */
    public enum Family {
        /** Rotary positions on patch tokens, no bias of k, a SwiGLU 8/3 as wide as a token. */
        EVA_X,
        /** One {@code qkv} with a full bias, no rotary positions, a GELU MLP ({@code fc1}, {@code fc2}) 4 times as wide. */
        VIT
    }

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
    /** Mean of a film in [0, 1] for the EVA models; the same for three channels. See {@link #mean()}. */
    public static final double MEAN = 0.49185243;
    /** Standard deviation that belongs to {@link #MEAN}. */
    public static final double STD = 0.28509309;
    /** Values of a patch of a grey film in three channels, and of what {@code lm_head} predicts in pre-training. */
    public static final int PATCH_VALUES = CHANNELS * PATCH * PATCH;

    private static final double PLAIN_MEAN = 0.5056;
    private static final double PLAIN_STD = 0.252;

    private final String id;
    private final Family family;
    private final int dim;
    private final int heads;
    private final boolean separate;

    Architecture(String id, Family family, int dim, int heads, boolean separate) {
        this.id = id;
        this.family = family;
        this.dim = dim;
        this.heads = heads;
        this.separate = separate;
    }

    /** The name used in files, such as {@code eva-x-ti} or {@code vit-b}. */
    @JsonValue
    public String id() {
        return id;
    }

    /** What its blocks are made of. */
    public Family family() {
        return family;
    }

    /** Mean of a film in [0, 1] that its published weights were trained with; the same for three channels. */
    public double mean() {
        return family == Family.EVA_X ? MEAN : PLAIN_MEAN;
    }

    /** Standard deviation that belongs to {@link #mean()}. */
    public double std() {
        return family == Family.EVA_X ? STD : PLAIN_STD;
    }

    /** Width of a token. */
    public int dim() {
        return dim;
    }

    /** Attention heads of {@link #HEAD_DIM} values each. */
    public int heads() {
        return heads;
    }

    /** Width inside the MLP: int(dim * 8 / 3) of a SwiGLU, 4 * dim of a plain MLP. */
    public int hidden() {
        return family == Family.EVA_X ? dim * 8 / 3 : 4 * dim;
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
     * Every weight of a classifier of {@link #BLOCKS} blocks, in the order of the forward pass, with its shape.
     *
     * @param grid patches a side, which sets the length of {@code pos_embed}
     * @param classes rows of the head
     */
    public Map<String, long[]> parameters(int grid, int classes) {
        var all = trunk(grid, BLOCKS);
        norm(all, "fc_norm", dim);
        linear(all, "head", classes, dim);
        return all;
    }

    /**
     * Every weight of the model of masked image modelling, with its shape: the trunk, {@code norm}, {@code lm_head},
     * and last {@code mask_token}. At a grid of 14 EVA-X-Ti, S and B have 5,673,600, 21,963,264 and 86,442,240 values.
     *
     * @param outputs what the head predicts of a patch: the width of the teacher's features, or the patch's pixels
     */
    public Map<String, long[]> pretraining(int grid, int outputs) {
        var all = tokenizer(grid, BLOCKS);
        linear(all, "lm_head", outputs, dim);
        all.put("mask_token", new long[] {1, 1, dim});
        return all;
    }

    /** Every weight of a frozen teacher, with its shape: the trunk and the final {@code norm}. */
    public Map<String, long[]> tokenizer(int grid, int blocks) {
        var all = trunk(grid, blocks);
        norm(all, "norm", dim);
        return all;
    }

    /** Every weight from the class token to the last block: what all uses of a network have in common. */
    public Map<String, long[]> trunk(int grid, int blocks) {
        var all = new LinkedHashMap<String, long[]>();
        long d = dim;
        all.put("cls_token", new long[] {1, 1, d});
        all.put("pos_embed", new long[] {1, 1L + (long) grid * grid, d});
        all.put("patch_embed.proj.weight", new long[] {d, CHANNELS, PATCH, PATCH});
        all.put("patch_embed.proj.bias", new long[] {d});
        for (int i = 0; i < blocks; i++) {
            String b = "blocks." + i + ".";
            norm(all, b + "norm1", d);
            attention(all, b + "attn.");
            norm(all, b + "norm2", d);
            mlp(all, b + "mlp.");
        }
        return all;
    }

    private void attention(Map<String, long[]> all, String a) {
        long d = dim;
        if (family == Family.VIT) {
            linear(all, a + "qkv", 3 * d, d);
        } else {
            if (separate) {
                all.put(a + "q_proj.weight", new long[] {d, d});
                all.put(a + "k_proj.weight", new long[] {d, d});
                all.put(a + "v_proj.weight", new long[] {d, d});
            } else {
                all.put(a + "qkv.weight", new long[] {3 * d, d});
            }
            all.put(a + "q_bias", new long[] {d});
            all.put(a + "v_bias", new long[] {d});
        }
        linear(all, a + "proj", d, d);
    }

    private void mlp(Map<String, long[]> all, String m) {
        long d = dim;
        long h = hidden();
        if (family == Family.VIT) {
            linear(all, m + "fc1", h, d);
            linear(all, m + "fc2", d, h);
            return;
        }
        if (separate) {
            linear(all, m + "w1", h, d);
            linear(all, m + "w2", h, d);
            norm(all, m + "ffn_ln", h);
        } else {
            linear(all, m + "w12", 2 * h, d);
        }
        linear(all, m + "w3", d, h);
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
