package io.hilum.model.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Weights from any file that Hilum reads, told apart by content, not by name: a torch checkpoint (pre-training,
 * fine-tuned or MGCA layout) or safetensors. The keys are the reference's, without any prefix of a larger model.
 *
 * @param tensors in the file's order, each as stored
 * @param elsewhere names of the larger model that do not belong to the network, such as MGCA's text encoder
 * @param metadata of a safetensors file; empty for a checkpoint
 */
public record WeightFile(Path file, Map<String, Tensor> tensors, List<String> elsewhere, Map<String, String> metadata) {
    /** Where larger models keep the image network: MGCA's query encoder; a wrapper for several GPUs. */
    private static final List<String> PREFIXES = List.of("img_encoder_q.model.", "module.");

    /** @throws IOException with a sentence naming the file, when it is damaged or of no known kind */
    public static WeightFile read(Path file) throws IOException {
        byte[] start = new byte[4];
        try (var in = Files.newInputStream(file)) {
            in.readNBytes(start, 0, start.length);
        }
        boolean zip = start[0] == 'P' && start[1] == 'K';
        Safetensors stored = zip ? new Safetensors(PtCheckpoint.read(file), Map.of()) : Safetensors.read(file);
        String prefix = PREFIXES.stream().filter(p -> stored.tensors().containsKey(p + "cls_token")).findFirst().orElse("");
        var tensors = new LinkedHashMap<String, Tensor>();
        var elsewhere = new java.util.ArrayList<String>();
        stored.tensors().forEach((name, tensor) -> {
            if (name.startsWith(prefix)) {
                tensors.put(name.substring(prefix.length()), tensor);
            } else {
                elsewhere.add(name);
            }
        });
        return new WeightFile(file, tensors, List.copyOf(elsewhere), stored.metadata());
    }
}
