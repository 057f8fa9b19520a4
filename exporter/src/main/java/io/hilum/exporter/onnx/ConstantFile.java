package io.hilum.exporter.onnx;

import io.hilum.model.weights.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes several networks whose constants lie once in one safetensors file beside them: eight graphs of EVA-X-B take one
 * weight's room, not eight.
 */
public final class ConstantFile {

    private ConstantFile() {}

    /**
     * @param name of the file of constants
     * @param networks by the file that each graph is written to, in {@code folder}
     * @throws IllegalArgumentException when two of them give one name to different constants
     */
    public static void write(Path folder, String name, Map<String, Network> networks) throws IOException {
        Map<String, Constant> all = new LinkedHashMap<>();
        networks.values().forEach(network -> network.constants().entrySet().stream().sorted(Map.Entry.comparingByKey())
                .forEach(entry -> {
                    Constant known = all.putIfAbsent(entry.getKey(), entry.getValue());
                    if (known != null && !known.sameAs(entry.getValue())) {
                        throw new IllegalArgumentException("Two networks call different constants '" + entry.getKey() + "'.");
                    }
                }));
        Map<String, SafetensorsWriter.Spec> specs = new LinkedHashMap<>();
        all.forEach((constant, value) ->
                specs.put(constant, new SafetensorsWriter.Spec(value.tensor().dtype(), value.tensor().shape())));
        try (SafetensorsWriter writer = new SafetensorsWriter(folder.resolve(name), specs, Map.of())) {
            for (Map.Entry<String, Network> network : networks.entrySet()) {
                Files.write(folder.resolve(network.getKey()), network.getValue().external(name, writer::offset));
            }
            for (Constant constant : all.values()) {
                writer.append(constant.tensor().data());
            }
            writer.finish();
        }
    }
}
