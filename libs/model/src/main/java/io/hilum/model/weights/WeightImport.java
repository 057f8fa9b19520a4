package io.hilum.model.weights;

import io.hilum.model.Architecture;
import io.hilum.model.weights.ReferenceWeights.FinalNorm;
import io.hilum.model.weights.WeightReport.Entry;
import io.hilum.model.weights.WeightReport.Fate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes out of a file of weights what a network here needs, each tensor F32 and of the right shape, and reports what
 * became of everything else. Nothing is passed over in silence: a tensor inside of a block that is not known refuses
 * the file, since the network would compute something else than it was trained to.
 *
 * @param found what the file was recognised as
 * @param grid patches a side that positions were fitted to
 * @param tensors the trunk, and of {@code fc_norm}, {@code head}, {@code norm}, {@code lm_head} and {@code mask_token} what
 *     was there and wanted
 * @param metadata of the file
 */
public record WeightImport(Recognition found, int grid, Map<String, Tensor> tensors, Map<String, String> metadata,
        WeightReport report) {
    private static final List<String> PRETRAINING = List.of("norm.weight", "norm.bias", "lm_head.weight", "lm_head.bias", "mask_token");

    /**
     * What to make of a file.
     *
     * @param expected null for whatever the file holds
     * @param grid patches a side; 0 for as many as the file has
     * @param norm what becomes of the final norm when there is no {@code fc_norm}
     * @param pretraining whether to keep what only pre-training and teachers need
     */
    public record Options(Architecture expected, int grid, FinalNorm norm, boolean pretraining) {}

    /** @throws IOException with a sentence naming the file, when it is damaged or its weights do not fit */
    public static WeightImport read(Path file, Options options) throws IOException {
        WeightFile weights = WeightFile.read(file);
        try {
            return of(weights, options);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /** Fails with a sentence when the weights do not fit. */
    public static WeightImport of(WeightFile file, Options options) {
        Recognition found = Recognition.of(file.tensors());
        if (options.expected() != null && options.expected() != found.architecture()) {
            throw new IllegalArgumentException("The weights are those of %s, but %s was asked for; use --arch %s, or other weights."
                .formatted(found.architecture().id(), options.expected().id(), found.architecture().id()));
        }
        int grid = options.grid() > 0 ? options.grid() : found.grid();
        var work = new Work(file, found, grid);
        work.trunk();
        work.finalNorm(options);
        work.head();
        work.pretraining(options.pretraining());
        work.rest();
        return new WeightImport(found, grid, work.out, file.metadata(), work.report());
    }

    /** The state of one import: what is left to explain, and what has been said so far. One thread. */
    private static final class Work {
        private final WeightFile file;
        private final Recognition found;
        private final Architecture architecture;
        private final int grid;
        private final Map<String, Tensor> left;
        private final Map<String, Tensor> out = new LinkedHashMap<>();
        private final List<String> used = new ArrayList<>();
        private final List<Entry> entries = new ArrayList<>();

        Work(WeightFile file, Recognition found, int grid) {
            this.file = file;
            this.found = found;
            this.architecture = found.architecture();
            this.grid = grid;
            this.left = new LinkedHashMap<>(file.tensors());
        }

        void trunk() {
            architecture.trunk(grid, found.blocks()).forEach((name, shape) -> {
                Tensor stored = left.remove(name);
                if (stored == null) {
                    throw new IllegalArgumentException("The weights lack '%s', which %s needs.".formatted(name, architecture.id()));
                }
                if (name.equals("pos_embed") && found.grid() != grid) {
                    put(name, ReferenceWeights.positions(stored, architecture.dim(), grid), shape);
                    used.remove(name);
                    tell(Fate.CHANGED, List.of(name), "positions of %d x %d patches resized to %d x %d, bicubic"
                        .formatted(found.grid(), found.grid(), grid, grid));
                } else {
                    put(name, stored, shape);
                }
            });
        }

        void finalNorm(Options options) {
            long[] shape = {architecture.dim()};
            List<String> names = List.of("fc_norm.weight", "fc_norm.bias");
            if (left.keySet().containsAll(names)) {
                names.forEach(name -> put(name, left.remove(name), shape));
            } else if (options.norm() == FinalNorm.KEEP && left.containsKey("norm.weight") && left.containsKey("norm.bias")) {
                for (String name : names) {
                    String stored = name.substring("fc_".length());
                    put(name, options.pretraining() ? left.get(stored) : left.remove(stored), shape);
                }
                used.removeAll(names);
                tell(Fate.CHANGED, names, "the file's final norm.* under this name");
            } else {
                tell(Fate.MISSING, names, "starts at weight 1, bias 0");
            }
        }

        void head() {
            List<String> names = List.of("head.weight", "head.bias");
            Tensor bias = left.get("head.bias");
            if (!left.keySet().containsAll(names)) {
                tell(Fate.MISSING, names, "drawn anew when training begins");
                return;
            }
            put("head.weight", left.remove("head.weight"), bias.size(), architecture.dim());
            put("head.bias", left.remove("head.bias"), bias.size());
        }

        void pretraining(boolean keep) {
            var dropped = new ArrayList<String>();
            var missing = new ArrayList<String>();
            Tensor outputs = left.get("lm_head.bias");
            for (String name : PRETRAINING) {
                Tensor stored = left.remove(name);
                long[] shape = switch (name) {
                    case "lm_head.weight" -> new long[] {outputs == null ? 0 : outputs.size(), architecture.dim()};
                    case "lm_head.bias" -> new long[] {outputs == null ? 0 : outputs.size()};
                    case "mask_token" -> new long[] {1, 1, architecture.dim()};
                    default -> new long[] {architecture.dim()};
                };
                if (stored == null) {
                    missing.add(name);
                } else if (keep && Arrays.equals(stored.shape(), shape)) {
                    put(name, stored, shape);
                } else {
                    dropped.add(name);
                }
            }
            if (!dropped.isEmpty()) {
                tell(Fate.DROPPED, dropped, keep ? "not of this network's width (an autoencoder's decoder?)"
                    : "only pre-training and teachers need them (--keep-pretraining keeps them; --keep-norm makes norm the fc_norm)");
            }
            if (keep && !missing.isEmpty()) {
                tell(Fate.MISSING, missing, "drawn anew when pre-training begins; a teacher cannot do without norm");
            }
        }

        /** What is left must be known to change nothing. */
        void rest() {
            var rotary = new ArrayList<String>();
            var zeros = new ArrayList<String>();
            var unknown = new ArrayList<String>();
            left.forEach((name, tensor) -> {
                if (name.endsWith("rope.freqs_cos") || name.endsWith("rope.freqs_sin")) {
                    rotary.add(name);
                } else if (name.endsWith("attn.k_bias") && zero(tensor)) {
                    zeros.add(name);
                } else if (name.startsWith("blocks.")) {
                    throw new IllegalArgumentException(("The weights have '%s' %s, which the blocks of %s here do not compute, so their "
                        + "scores would be wrong; they belong to a variant that is not supported.").formatted(name, tensor, architecture.id()));
                } else {
                    unknown.add(name);
                }
            });
            dropped(rotary, "rotary tables, computed anew for the input size");
            dropped(zeros, "biases of k, all zero");
            dropped(unknown, "not known here, and outside of the blocks");
            dropped(file.elsewhere(), "other parts of the larger model");
        }

        WeightReport report() {
            var all = new ArrayList<Entry>();
            all.add(new Entry(Fate.USED, used, "%,d values, stored as %s".formatted(
                used.stream().mapToLong(name -> out.get(name).size()).sum(), types())));
            all.addAll(entries);
            String network = "  %s of %d blocks, %d x %d patches (%d pixels)".formatted(architecture.id(), found.blocks(), grid, grid,
                grid * Architecture.PATCH) + (out.containsKey("head.bias") ? ", " + out.get("head.bias").size() + " outputs" : "");
            return new WeightReport("%s: %s, %d tensors".formatted(file.file(), file.kind(),
                file.tensors().size() + file.elsewhere().size()), network, all);
        }

        private String types() {
            return String.join(" and ", used.stream().map(name -> file.tensors().get(name).dtype().name()).distinct().sorted().toList());
        }

        private void put(String name, Tensor stored, long... shape) {
            if (!Arrays.equals(stored.shape(), shape)) {
                throw new IllegalArgumentException("'%s' is %s, but %s needs %s.".formatted(name, stored, architecture.id(), Arrays.toString(shape)));
            }
            Tensor tensor = stored.toF32();
            for (float value : tensor.floats()) {
                if (!Float.isFinite(value)) {
                    throw new IllegalArgumentException("'%s' holds the value %s: a training that diverged, or a damaged file.".formatted(name, value));
                }
            }
            out.put(name, tensor);
            used.add(name);
        }

        private void dropped(List<String> names, String why) {
            if (!names.isEmpty()) {
                tell(Fate.DROPPED, names, why);
            }
        }

        private void tell(Fate fate, List<String> names, String why) {
            entries.add(new Entry(fate, names, why));
        }

        private static boolean zero(Tensor tensor) {
            for (float value : tensor.floats()) {
                if (value != 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
