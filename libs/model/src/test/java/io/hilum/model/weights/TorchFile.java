package io.hilum.model.weights;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes what {@code torch.save} would write, and what it never would. */
final class TorchFile {
    private final ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    private final Map<String, byte[]> storages = new LinkedHashMap<>();

    TorchFile() {
        raw("\u0080\u0002");
    }

    /** Instructions as they are. */
    TorchFile raw(String latin1) {
        pickle.writeBytes(latin1.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    TorchFile text(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return raw("X").number(bytes.length).raw(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    /** A dictionary of tensors. */
    TorchFile tensors(Map<String, Tensor> state) {
        raw("}(");
        state.forEach((name, tensor) -> {
            String key = Integer.toString(storages.size());
            storages.put(key, tensor.bytes());
            text(name).tensor(tensor.dtype(), key, tensor.size(), 0, tensor.shape(), strides(tensor.shape()));
        });
        return raw("u");
    }

    /** A tensor that claims whatever it is told to. */
    TorchFile tensor(DType dtype, String key, long elements, long offset, long[] shape, long[] stride) {
        String type = switch (dtype) {
            case F32 -> "Float";
            case F16 -> "Half";
            case BF16 -> "BFloat16";
            default -> "Long";
        };
        raw("ctorch._utils\n_rebuild_tensor_v2\n(");
        raw("(").text("storage").raw("ctorch\n" + type + "Storage\n").text(key).text("cpu").big(elements).raw("tQ");
        big(offset).sides(shape).sides(stride);
        return raw("\u0089ccollections\nOrderedDict\n)RtR");
    }

    TorchFile storage(String key, byte[] bytes) {
        storages.put(key, bytes);
        return this;
    }

    void write(Path file) throws IOException {
        raw(".");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            stored(zip, "archive/data.pkl", pickle.toByteArray());
            for (var storage : storages.entrySet()) {
                stored(zip, "archive/data/" + storage.getKey(), storage.getValue());
            }
            stored(zip, "archive/version", "3\n".getBytes(StandardCharsets.US_ASCII));
        }
    }

    static void stored(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        var entry = new ZipEntry(name);
        var crc = new CRC32();
        crc.update(bytes);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }

    private TorchFile sides(long[] values) {
        raw("(");
        for (long value : values) {
            big(value);
        }
        return raw("t");
    }

    /** LONG1 with eight bytes. */
    private TorchFile big(long value) {
        raw("\u008a\u0008");
        pickle.writeBytes(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
        return this;
    }

    private TorchFile number(int value) {
        pickle.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
        return this;
    }

    private static long[] strides(long[] shape) {
        long[] out = new long[shape.length];
        long next = 1;
        for (int d = shape.length - 1; d >= 0; d--) {
            out[d] = next;
            next *= shape[d];
        }
        return out;
    }
}
