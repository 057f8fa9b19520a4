package io.hilum.model.weights;

import io.hilum.model.Architecture;
import io.hilum.model.Architecture.Family;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which network weights under the reference's names belong to, told from their keys and shapes alone.
 *
 * @param blocks transformer blocks; {@link Architecture#BLOCKS} in everything published
 * @param grid patches a side that {@code pos_embed} has rows for
 */
public record Recognition(Architecture architecture, int blocks, int grid) {
    /** Fails with a sentence saying what was expected and what is there. */
    public static Recognition of(Map<String, Tensor> weights) {
        Tensor cls = weights.get("cls_token");
        Tensor positions = weights.get("pos_embed");
        if (cls == null || positions == null || positions.shape().length != 3) {
            throw new IllegalArgumentException(("The weights are of a layout that is not known: a vision transformer has 'cls_token' "
                + "[1, 1, width] and 'pos_embed' [1, tokens, width], but here is %s.").formatted(some(weights)));
        }
        int width = (int) positions.shape()[2];
        Family family = family(weights);
        boolean separate = weights.containsKey("blocks.0.attn.q_proj.weight");
        Architecture architecture = Arrays.stream(Architecture.values())
            .filter(a -> a.family() == family && a.dim() == width && a.separateQkv() == separate).findFirst()
            .orElseThrow(() -> new IllegalArgumentException("No %s here is %d wide with %s q, k and v; there are %s.".formatted(
                family == Family.VIT ? "plain ViT" : "EVA-X", width, separate ? "separate" : "fused",
                Arrays.stream(Architecture.values()).map(a -> a.id() + " (" + a.dim() + ")").collect(Collectors.joining(", ")))));
        return new Recognition(architecture, blocks(weights), grid(positions));
    }

    private static Family family(Map<String, Tensor> weights) {
        if (weights.containsKey("blocks.0.mlp.fc1.weight") && weights.containsKey("blocks.0.attn.qkv.bias")) {
            return Family.VIT;
        }
        if (weights.containsKey("blocks.0.mlp.w12.weight") || weights.containsKey("blocks.0.mlp.w1.weight")) {
            return Family.EVA_X;
        }
        throw new IllegalArgumentException(("The weights are of a layout that is not known: blocks of EVA-X have 'mlp.w12' or 'mlp.w1', those of "
            + "a plain ViT 'mlp.fc1' and 'attn.qkv.bias', but here is %s.").formatted(some(weights)));
    }

    private static int blocks(Map<String, Tensor> weights) {
        int blocks = 0;
        while (weights.containsKey("blocks." + blocks + ".norm1.weight")) {
            blocks++;
        }
        return blocks;
    }

    /** Patches a side of stored positions [1, 1 + grid * grid, width]; fails when they are no square and a class token. */
    static int grid(Tensor positions) {
        long patches = positions.shape()[1] - 1;
        int grid = (int) Math.round(Math.sqrt(patches));
        if (grid < 1 || (long) grid * grid != patches) {
            throw new IllegalArgumentException("'pos_embed' is %s, but its rows must be one class token and a square of patches."
                .formatted(positions));
        }
        return grid;
    }

    /** A few of the names that are there, to tell a stranger what the file holds. */
    private static String some(Map<String, Tensor> weights) {
        return weights.isEmpty() ? "nothing" : weights.entrySet().stream().limit(6).map(e -> e.getKey() + " " + e.getValue())
            .collect(Collectors.joining(", ")) + (weights.size() > 6 ? " and " + (weights.size() - 6) + " more" : "");
    }
}
