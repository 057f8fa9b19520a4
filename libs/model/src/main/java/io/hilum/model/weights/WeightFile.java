package io.hilum.model.weights;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Weights from any file that Hilum reads, told apart by content, not by name: a torch checkpoint (pre-training,
 * fine-tuned or MGCA layout) or safetensors. The keys are the reference's, without any prefix of a larger model.
 *
 * @param kind what the file is, in words
 * @param tensors in the file's order, each as stored
 * @param elsewhere names of the larger model that do not belong to the network, such as MGCA's text encoder
 * @param metadata of a safetensors file; empty for a checkpoint
 */
public record WeightFile(Path file, String kind, Map<String, Tensor> tensors, List<String> elsewhere, Map<String, String> metadata) {
    /** Where larger models keep the image network: MGCA's query encoder; a wrapper for several GPUs. */
    private static final List<String> PREFIXES = List.of("img_encoder_q.model.", "module.");

    /** @throws IOException with a sentence naming the file, when it is damaged or of no known kind */
    public static WeightFile read(Path file) throws IOException {
        String start = start(file);
        if (start.startsWith("PK\u0003\u0004")) {
            PtCheckpoint.Content content = PtCheckpoint.open(file);
            return of(file, "torch checkpoint" + (content.room().isEmpty() ? "" : ", weights in '" + content.room() + "'"),
                content.tensors(), Map.of());
        }
        refuseStrangers(file, start);
        Safetensors stored = Safetensors.read(file);
        return of(file, "safetensors", stored.tensors(), stored.metadata());
    }

    private static WeightFile of(Path file, String kind, Map<String, Tensor> stored, Map<String, String> metadata) {
        String prefix = PREFIXES.stream().filter(p -> stored.containsKey(p + "cls_token")).findFirst().orElse("");
        var tensors = new LinkedHashMap<String, Tensor>();
        var elsewhere = new ArrayList<String>();
        stored.forEach((name, tensor) -> {
            if (name.startsWith(prefix)) {
                tensors.put(name.substring(prefix.length()), tensor);
            } else {
                elsewhere.add(name);
            }
        });
        return new WeightFile(file, kind + (prefix.isEmpty() ? "" : ", under '" + prefix + "'"), tensors, List.copyOf(elsewhere), metadata);
    }

    private static String start(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("There is no file " + file + ".");
        }
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(16), StandardCharsets.ISO_8859_1);
        }
    }

    /** What people mistake for weights, each with its way out. */
    private static void refuseStrangers(Path file, String start) throws IOException {
        if (start.startsWith("\u0080\u0002\u008a")) {
            throw new IOException(file + " was saved in the form of torch before 1.6; load it with torch and save it anew.");
        }
        if (start.startsWith("version https")) {
            throw new IOException(file + " is only a pointer of Git LFS; fetch the weights themselves (git lfs pull).");
        }
        if (start.regionMatches(true, 0, "<html", 0, 5) || start.startsWith("<!DOC") || start.startsWith("<?xml")) {
            throw new IOException(file + " is a web page, not weights; the download went wrong, fetch it again.");
        }
        // A safetensors file begins with the length of its header, eight bytes little-endian, so the upper ones are zero.
        if (start.length() >= 8 && !start.startsWith("\0\0\0", 5)) {
            throw new IOException(file + " is neither a torch checkpoint (a zip archive) nor safetensors.");
        }
    }
}
