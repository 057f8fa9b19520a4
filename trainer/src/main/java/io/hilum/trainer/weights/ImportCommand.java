package io.hilum.trainer.weights;

import io.hilum.model.Architecture;
import io.hilum.model.bundle.Sha256;
import io.hilum.model.weights.DType;
import io.hilum.model.weights.ReferenceWeights.FinalNorm;
import io.hilum.model.weights.Safetensors;
import io.hilum.model.weights.Tensor;
import io.hilum.model.weights.WeightImport;
import io.hilum.trainer.train.Provenance;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code import}: makes a Hilum weight file of weights from elsewhere, and says what was used, dropped and missing. */
@Command(name = "import", mixinStandardHelpOptions = true, showDefaultValues = true,
    description = "Make a Hilum weight file of a torch checkpoint (EVA-X pre-trained or fine-tuned, MGCA, plain ViT) or of safetensors. "
        + "Nothing in the file is executed.")
public final class ImportCommand implements Callable<Integer> {
    /** The value of metadata {@code format}. */
    public static final String FORMAT = "hilum-weights";

    /** Element types that weights may be written in. */
    enum Kept { F32, F16, BF16 }

    @Parameters(paramLabel = "FILE", description = "the weights (.pt, .pth, .ckpt, .safetensors; told apart by content)")
    private Path file;
    @Option(names = "--out", description = "where to write; default: FILE's name with .hilum.safetensors, in the working folder")
    private Path out;
    @Option(names = "--arch", defaultValue = "auto", description = "auto, or the architecture that the file must be of: eva-x-ti, eva-x-s, "
        + "eva-x-b, vit-s, vit-b; another one is refused")
    private String architecture;
    @Option(names = "--size", defaultValue = "0", description = "side of the input in pixels to which positions are resized; 0 keeps the file's. "
        + "Training resizes by itself, and resizing twice loses a little")
    private int size;
    @Option(names = "--keep-norm", defaultValue = "false", description = "make the final norm the fc_norm, as the reference's quick start does; "
        + "without, fc_norm starts anew, as in its fine-tuning")
    private boolean keepNorm;
    @Option(names = "--keep-pretraining", defaultValue = "false", description = "keep norm, lm_head and mask_token: needed to go on with "
        + "pre-training, and norm for a teacher")
    private boolean keepPretraining;
    @Option(names = "--labels", split = ",", description = "names of the head's outputs, in order; a wrong order names findings wrongly")
    private List<String> labels;
    @Option(names = "--dtype", defaultValue = "F32", description = "${COMPLETION-CANDIDATES}: F32 loses nothing; F16 and BF16 halve the file")
    private Kept dtype;
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Architecture expected = architecture.equalsIgnoreCase("auto") ? null : Architecture.of(architecture);
        WeightImport imported = WeightImport.read(file, new WeightImport.Options(expected, size == 0 ? 0 : Architecture.grid(size),
            keepNorm ? FinalNorm.KEEP : FinalNorm.FRESH, keepPretraining));
        Map<String, String> metadata = metadata(imported);
        var kept = new LinkedHashMap<String, Tensor>();
        imported.tensors().forEach((name, tensor) -> kept.put(name, tensor.to(DType.valueOf(dtype.name()))));
        Path target = out != null ? out : Path.of(bare(file.getFileName().toString()) + ".hilum.safetensors");
        if (Files.exists(target) && Files.isSameFile(target, file)) {
            throw new IOException("--out is the file that is read, " + file + "; choose another name.");
        }
        new Safetensors(kept, metadata).write(target);
        PrintWriter log = spec.commandLine().getOut();
        log.println(imported.report().text());
        log.printf("Wrote %s (%s). %s%n", target, dtype, next(imported, target));
        log.flush();
        return 0;
    }

    private Map<String, String> metadata(WeightImport imported) throws IOException {
        Architecture found = imported.found().architecture();
        var out = new LinkedHashMap<String, String>();
        out.put("format", FORMAT);
        out.put("architecture", found.id());
        out.put("blocks", Integer.toString(imported.found().blocks()));
        out.put("size", Integer.toString(imported.grid() * Architecture.PATCH));
        out.put("mean", Double.toString(found.mean()));
        out.put("std", Double.toString(found.std()));
        if (labels != null) {
            Tensor head = imported.tensors().get("head.bias");
            if (head == null || head.size() != labels.size()) {
                throw new IOException("--labels names %d outputs, but the head of %s has %s."
                    .formatted(labels.size(), file, head == null ? "none, since there is no head" : head.size()));
            }
            out.put("labels", String.join(",", labels));
        } else if (imported.tensors().containsKey("head.bias") && imported.metadata().containsKey("labels")) {
            out.put("labels", imported.metadata().get("labels"));
        }
        String history = Provenance.history(file);
        if (!history.equals(file.getFileName().toString())) {
            out.put("history", history);
        }
        out.put("source", file.getFileName().toString());
        out.put("source_sha256", Sha256.of(file));
        return out;
    }

    /** What the file is good for. */
    private static String next(WeightImport imported, Path target) {
        boolean teacher = imported.tensors().containsKey("norm.weight");
        if (imported.found().blocks() != Architecture.BLOCKS) {
            return teacher ? "A teacher only: ./hilum pretrain --tokenizer " + target + " ..."
                : "With so few blocks it can only be a teacher, which needs --keep-pretraining.";
        }
        return "Fine-tune it: ./hilum train --from %s --arch %s ...%s".formatted(target, imported.found().architecture().id(),
            teacher ? "; teach with it: ./hilum pretrain --tokenizer " + target + " ..." : "");
    }

    private static String bare(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
