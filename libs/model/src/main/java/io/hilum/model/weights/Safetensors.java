package io.hilum.model.weights;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A safetensors file: eight bytes of header length, a JSON header, then the raw tensors.
 *
 * <p>Files are mapped into memory, so a large one costs address space only until it is read; a single
 * tensor may take up to 2 GiB. Threads: read-only after reading, may be shared.
 *
 * @param tensors in the file's order
 * @param metadata the header's {@code __metadata__}; empty when there is none
 */
public record Safetensors(Map<String, Tensor> tensors, Map<String, String> metadata) {
    /** A header larger than this is taken for an attack or a different kind of file. */
    private static final long MAX_HEADER = 100L << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    public Safetensors {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /** The tensor of that name; fails with a sentence when the file lacks it. */
    public Tensor get(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("There is no tensor '%s'; there are %s.".formatted(name, tensors.keySet()));
        }
        return tensor;
    }

    /** Reads (maps) a file; throws IOException with a sentence when it is not a sound safetensors file. */
    public static Safetensors read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            long size = channel.size();
            if (size < 8) {
                throw broken(file, "it has only " + size + " bytes");
            }
            long header = channel.map(FileChannel.MapMode.READ_ONLY, 0, 8).order(ByteOrder.LITTLE_ENDIAN).getLong();
            if (header < 2 || header > MAX_HEADER || header > size - 8) {
                throw broken(file, "its header claims " + header + " bytes of " + size);
            }
            byte[] text = new byte[(int) header];
            channel.map(FileChannel.MapMode.READ_ONLY, 8, header).get(text);
            var tensors = new LinkedHashMap<String, Tensor>();
            var metadata = new LinkedHashMap<String, String>();
            var fields = parse(file, text).fields();
            while (fields.hasNext()) {
                var field = fields.next();
                if (field.getKey().equals("__metadata__")) {
                    field.getValue().fields().forEachRemaining(m -> metadata.put(m.getKey(), m.getValue().asText()));
                } else {
                    tensors.put(field.getKey(), map(file, channel, 8 + header, size, field.getKey(), field.getValue()));
                }
            }
            return new Safetensors(tensors, metadata);
        }
    }

    private static JsonNode parse(Path file, byte[] text) throws IOException {
        try {
            return JSON.readTree(new String(text, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw broken(file, "its header is no JSON");
        }
    }

    private static Tensor map(Path file, FileChannel channel, long base, long size, String name, JsonNode node)
            throws IOException {
        DType dtype;
        try {
            dtype = DType.valueOf(node.path("dtype").asText());
        } catch (IllegalArgumentException e) {
            throw broken(file, "tensor '" + name + "' has the unknown type " + node.path("dtype"));
        }
        JsonNode sides = node.path("shape");
        long[] shape = new long[sides.size()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = sides.get(i).asLong(-1);
        }
        long from = node.path("data_offsets").path(0).asLong(-1);
        long to = node.path("data_offsets").path(1).asLong(-1);
        if (from < 0 || to < from || to > size - base || to - from > Integer.MAX_VALUE) {
            throw broken(file, "tensor '" + name + "' lies outside the file (" + from + " to " + to + ")");
        }
        try {
            // An empty tensor has nothing to map.
            ByteBuffer data = to == from ? ByteBuffer.allocate(0)
                : channel.map(FileChannel.MapMode.READ_ONLY, base + from, to - from);
            return new Tensor(dtype, shape, data);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw broken(file, "tensor '" + name + "': " + e.getMessage());
        }
    }

    private static IOException broken(Path file, String why) {
        return new IOException("%s is not a sound safetensors file: %s.".formatted(file, why));
    }

    /** Writes {@code FILE.part}, then renames it, so that no reader sees half a file. */
    public void write(Path file) throws IOException {
        var specs = new LinkedHashMap<String, SafetensorsWriter.Spec>();
        tensors.forEach((name, t) -> specs.put(name, new SafetensorsWriter.Spec(t.dtype(), t.shape())));
        Path parent = file.toAbsolutePath().getParent();
        Files.createDirectories(parent);
        try (var writer = new SafetensorsWriter(file, specs, metadata)) {
            for (Tensor tensor : tensors.values()) {
                writer.append(tensor.data());
            }
            writer.finish();
        }
    }

    /** As {@link #write(Path)} without metadata. */
    public static void write(Path file, Map<String, Tensor> tensors) throws IOException {
        new Safetensors(tensors, Map.of()).write(file);
    }
}
