package io.hilum.inference.tensorrt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What TensorRT made of a graph, from the layer information that {@link PlanBuild} leaves beside a plan. Attention that
 * is not fused writes its [heads,N,N] matrices to memory and back, about twice the traffic of the whole network.
 *
 * @param layers how many layers the plan has
 * @param attention names of the layers that are fused attention, such as {@code kgen_mha}
 */
public record LayerReport(int layers, List<String> attention) {

    /** {@code _gemm_mha_v2}, {@code kgen_mha}, {@code fmha_v2}. Names of graph nodes, which end up in metadata, are not searched. */
    private static final Pattern FUSED = Pattern.compile("mha", Pattern.CASE_INSENSITIVE);
    private static final List<String> NAMES = List.of("Name", "LayerType", "TacticName");

    public LayerReport {
        attention = List.copyOf(attention);
    }

    /** @throws IOException when it is no layer information; one sentence */
    public static LayerReport read(Path file) throws IOException {
        JsonNode layers;
        try {
            layers = new ObjectMapper().readTree(file.toFile()).path("Layers");
        } catch (JsonProcessingException broken) {
            throw new IOException(file + " is no layer information of TensorRT: " + broken.getOriginalMessage(), broken);
        }
        if (!layers.isArray() || layers.isEmpty()) {
            throw new IOException(file + " is no layer information of TensorRT: it names no layers.");
        }
        List<String> attention = new ArrayList<>();
        for (JsonNode layer : layers) {
            if (names(layer).anyMatch(name -> FUSED.matcher(name).find())) {
                attention.add(names(layer).findFirst().orElseThrow());
            }
        }
        return new LayerReport(layers.size(), attention);
    }

    /**
     * Whether attention is fused where it can be.
     *
     * @param blocks how many blocks should have it: all of a plain plan, all but the last of a plan with maps, whose
     *     Grad-CAM reads the attention itself
     */
    public boolean fusesAttention(int blocks) {
        return attention.size() >= blocks;
    }

    @Override
    public String toString() {
        return layers + " layers, " + attention.size() + " of them fused attention";
    }

    /** A plan built with less verbosity has bare names in place of objects. */
    private static Stream<String> names(JsonNode layer) {
        return layer.isTextual() ? Stream.of(layer.asText())
                : NAMES.stream().map(field -> layer.path(field).asText("")).filter(name -> !name.isEmpty());
    }
}
