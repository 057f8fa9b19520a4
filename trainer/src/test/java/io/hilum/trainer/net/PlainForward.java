package io.hilum.trainer.net;

import io.hilum.model.Architecture;
import io.hilum.model.Rope;
import io.hilum.model.weights.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * EVA-X and the plain ViT once more, slowly, in double precision and plain loops, written from the specification alone:
 * what the scripts are held against where no reference numbers exist.
 */
final class PlainForward {
    private final Architecture a;
    private final Map<String, Tensor> weights;
    private final int grid;
    private final int tokens;
    private final Rope rope;
    private final Map<String, float[]> cache = new HashMap<>();

    PlainForward(Architecture architecture, Map<String, Tensor> weights, int size) {
        this.a = architecture;
        this.weights = weights;
        this.grid = size / 16;
        this.tokens = 1 + grid * grid;
        this.rope = Rope.of(grid);
    }

    /** @param film [S * S] grey bytes */
    double[] logits(byte[] film) {
        double[][] t = embed(film);
        for (int i = 0; i < Architecture.BLOCKS; i++) {
            String b = "blocks." + i + ".";
            add(t, attention(norm(t, b + "norm1"), b + "attn."));
            add(t, mlp(norm(t, b + "norm2"), b + "mlp."));
        }
        double[] pooled = new double[a.dim()];
        for (int n = 1; n < tokens; n++) {
            for (int d = 0; d < a.dim(); d++) {
                pooled[d] += t[n][d] / (tokens - 1);
            }
        }
        return linear(norm(new double[][] {pooled}, "fc_norm"), w("head.weight"), w("head.bias"))[0];
    }

    private double[][] embed(byte[] film) {
        float[] kernel = w("patch_embed.proj.weight");
        float[] positions = w("pos_embed");
        int size = grid * 16;
        double[][] t = new double[tokens][a.dim()];
        for (int n = 0; n < tokens; n++) {
            for (int d = 0; d < a.dim(); d++) {
                double sum = n == 0 ? w("cls_token")[d] : w("patch_embed.proj.bias")[d];
                for (int k = 0; n > 0 && k < 3 * 256; k++) {
                    int y = (n - 1) / grid * 16 + k % 256 / 16;
                    int x = (n - 1) % grid * 16 + k % 16;
                    double pixel = ((film[y * size + x] & 0xff) / 255.0 - a.mean()) / a.std();
                    sum += pixel * kernel[d * 768 + k];
                }
                t[n][d] = sum + positions[n * a.dim() + d];
            }
        }
        return t;
    }

    private double[][] attention(double[][] z, String p) {
        int d = a.dim();
        double[][] q;
        double[][] k;
        double[][] v;
        if (plain()) {
            float[] all = w(p + "qkv.weight");
            float[] bias = w(p + "qkv.bias");
            q = linear(z, Arrays.copyOfRange(all, 0, d * d), Arrays.copyOfRange(bias, 0, d));
            k = linear(z, Arrays.copyOfRange(all, d * d, 2 * d * d), Arrays.copyOfRange(bias, d, 2 * d));
            v = linear(z, Arrays.copyOfRange(all, 2 * d * d, 3 * d * d), Arrays.copyOfRange(bias, 2 * d, 3 * d));
        } else if (a.separateQkv()) {
            q = linear(z, w(p + "q_proj.weight"), w(p + "q_bias"));
            k = linear(z, w(p + "k_proj.weight"), new float[d]);
            v = linear(z, w(p + "v_proj.weight"), w(p + "v_bias"));
        } else {
            float[] all = w(p + "qkv.weight");
            q = linear(z, Arrays.copyOfRange(all, 0, d * d), w(p + "q_bias"));
            k = linear(z, Arrays.copyOfRange(all, d * d, 2 * d * d), new float[d]);
            v = linear(z, Arrays.copyOfRange(all, 2 * d * d, 3 * d * d), w(p + "v_bias"));
        }
        if (!plain()) {
            turn(q);
            turn(k);
        }
        double[][] out = new double[tokens][d];
        for (int h = 0; h < a.heads(); h++) {
            for (int i = 0; i < tokens; i++) {
                double[] share = new double[tokens];
                double total = 0;
                for (int j = 0; j < tokens; j++) {
                    double dot = 0;
                    for (int c = h * 64; c < h * 64 + 64; c++) {
                        dot += q[i][c] * k[j][c];
                    }
                    share[j] = Math.exp(dot / 8);
                    total += share[j];
                }
                for (int j = 0; j < tokens; j++) {
                    for (int c = h * 64; c < h * 64 + 64; c++) {
                        out[i][c] += share[j] / total * v[j][c];
                    }
                }
            }
        }
        return linear(out, w(p + "proj.weight"), w(p + "proj.bias"));
    }

    /** Rotary positions, interleaved, on patch tokens only. */
    private void turn(double[][] x) {
        for (int n = 1; n < tokens; n++) {
            for (int c = 0; c < a.dim(); c += 2) {
                int at = (n - 1) * 64 + c % 64;
                double even = x[n][c];
                double odd = x[n][c + 1];
                x[n][c] = even * rope.cos()[at] - odd * rope.sin()[at];
                x[n][c + 1] = odd * rope.cos()[at] + even * rope.sin()[at];
            }
        }
    }

    private boolean plain() {
        return a.family() == Architecture.Family.VIT;
    }

    private double[][] mlp(double[][] y, String p) {
        if (plain()) {
            double[][] middle = linear(y, w(p + "fc1.weight"), w(p + "fc1.bias"));
            for (double[] row : middle) {
                for (int c = 0; c < row.length; c++) {
                    row[c] = row[c] * normal(row[c]);
                }
            }
            return linear(middle, w(p + "fc2.weight"), w(p + "fc2.bias"));
        }
        double[][] gate;
        double[][] up;
        int h = a.hidden();
        if (a.normInMlp()) {
            gate = linear(y, w(p + "w1.weight"), w(p + "w1.bias"));
            up = linear(y, w(p + "w2.weight"), w(p + "w2.bias"));
        } else {
            float[] both = w(p + "w12.weight");
            float[] bias = w(p + "w12.bias");
            gate = linear(y, Arrays.copyOfRange(both, 0, h * a.dim()), Arrays.copyOfRange(bias, 0, h));
            up = linear(y, Arrays.copyOfRange(both, h * a.dim(), 2 * h * a.dim()), Arrays.copyOfRange(bias, h, 2 * h));
        }
        for (int n = 0; n < tokens; n++) {
            for (int c = 0; c < h; c++) {
                gate[n][c] = gate[n][c] / (1 + Math.exp(-gate[n][c])) * up[n][c];
            }
        }
        return linear(a.normInMlp() ? norm(gate, p + "ffn_ln") : gate, w(p + "w3.weight"), w(p + "w3.bias"));
    }

    /** The share of the normal distribution below x, by its power series (which converges fast for |x| < 6). */
    private static double normal(double x) {
        if (Math.abs(x) > 6) {
            return x > 0 ? 1 : 0;
        }
        double term = x;
        double sum = x;
        for (int n = 1; n < 100; n++) {
            term *= x * x / (2 * n + 1);
            sum += term;
        }
        return 0.5 + sum * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    }

    private double[][] norm(double[][] x, String name) {
        float[] weight = w(name + ".weight");
        float[] bias = w(name + ".bias");
        double[][] out = new double[x.length][x[0].length];
        for (int n = 0; n < x.length; n++) {
            double mean = Arrays.stream(x[n]).average().orElseThrow();
            double variance = Arrays.stream(x[n]).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
            for (int d = 0; d < x[n].length; d++) {
                out[n][d] = (x[n][d] - mean) / Math.sqrt(variance + 1e-6) * weight[d] + bias[d];
            }
        }
        return out;
    }

    private static double[][] linear(double[][] x, float[] weight, float[] bias) {
        double[][] out = new double[x.length][bias.length];
        for (int n = 0; n < x.length; n++) {
            for (int o = 0; o < bias.length; o++) {
                double sum = bias[o];
                for (int i = 0; i < x[n].length; i++) {
                    sum += x[n][i] * weight[o * x[n].length + i];
                }
                out[n][o] = sum;
            }
        }
        return out;
    }

    private static void add(double[][] to, double[][] x) {
        for (int n = 0; n < to.length; n++) {
            for (int d = 0; d < to[n].length; d++) {
                to[n][d] += x[n][d];
            }
        }
    }

    private float[] w(String name) {
        return cache.computeIfAbsent(name, n -> weights.get(n).floats());
    }
}
