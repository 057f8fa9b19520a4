package io.hilum.model.weights;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes a safetensors file piece by piece, for what is too large to hold: all names, types and shapes are
 * declared first, then the bytes follow in the declared order. The file appears under its name only with
 * {@link #finish()}; closing without it leaves nothing. One thread.
 */
public final class SafetensorsWriter implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ALIGN = 8;

    private final Path file;
    private final Path part;
    private final FileChannel channel;
    private final long expected;
    private final Map<String, Long> offsets = new HashMap<>();
    private long written;

    /** Type and shape of a tensor to come. */
    public record Spec(DType dtype, long... shape) {}

    /** @param specs in the order in which the bytes will be appended */
    public SafetensorsWriter(Path file, Map<String, Spec> specs, Map<String, String> metadata) throws IOException {
        this.file = file;
        this.part = file.resolveSibling(file.getFileName() + ".part");
        ObjectNode header = JSON.createObjectNode();
        if (!metadata.isEmpty()) {
            ObjectNode node = header.putObject("__metadata__");
            metadata.forEach(node::put);
        }
        long at = 0;
        for (var entry : specs.entrySet()) {
            Spec spec = entry.getValue();
            ObjectNode node = header.putObject(entry.getKey());
            node.put("dtype", spec.dtype().name());
            var shape = node.putArray("shape");
            for (long side : spec.shape()) {
                shape.add(side);
            }
            long end = at + Tensor.bytes(spec.dtype(), spec.shape());
            node.putArray("data_offsets").add(at).add(end);
            offsets.put(entry.getKey(), at);
            at = end;
        }
        this.expected = at;
        StringBuilder text = new StringBuilder(JSON.writeValueAsString(header));
        while (text.toString().getBytes(StandardCharsets.UTF_8).length % ALIGN != 0) {
            text.append(' ');
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        this.channel = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        offsets.replaceAll((name, from) -> 8 + bytes.length + from);
        ByteBuffer head = ByteBuffer.allocate(8 + bytes.length).order(ByteOrder.LITTLE_ENDIAN);
        head.putLong(bytes.length).put(bytes).flip();
        put(head);
    }

    /** Where a tensor's bytes begin in the file. */
    public long offset(String name) {
        return offsets.get(name);
    }

    /** Appends the next bytes; any split is allowed. */
    public void append(ByteBuffer bytes) throws IOException {
        written += bytes.remaining();
        put(bytes);
    }

    private void put(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Makes the file durable and visible. Fails when bytes are missing or too many. */
    public void finish() throws IOException {
        if (written != expected) {
            throw new IllegalStateException("%s was declared with %d bytes of tensors, but %d were written."
                .formatted(file, expected, written));
        }
        channel.force(true);
        channel.close();
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        // The new name must survive a power cut, too; a system that cannot open folders keeps names by itself.
        try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        } catch (IOException e) {
            return;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(part);
    }
}
