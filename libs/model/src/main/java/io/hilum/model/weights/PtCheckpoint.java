package io.hilum.model.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Reads the tensors of a torch checkpoint ({@code torch.save}, the zip format of torch 1.6 and later). Nothing
 * in the file is executed: see {@link Pickle}. Optimizer states, argument objects of unknown classes and the
 * like are passed over.
 */
public final class PtCheckpoint {
    /** Where the EVA-X tools keep the weights; looked for in this order. */
    private static final List<String> ROOMS = List.of("model_ema", "model", "module", "state_dict");
    private static final int MAX_PICKLE = 64 << 20;

    private PtCheckpoint() {}

    /**
     * The model's tensors under their own names, in the file's order, each with its stored type.
     *
     * @throws IOException with a sentence, when the file is no such checkpoint, or damaged
     */
    public static Map<String, Tensor> read(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            ZipEntry pickle = zip.stream().filter(e -> e.getName().endsWith("data.pkl")).findFirst()
                .orElseThrow(() -> new IOException(file + " is no torch checkpoint: it has no data.pkl."));
            String prefix = pickle.getName().substring(0, pickle.getName().length() - "data.pkl".length());
            ZipEntry order = zip.getEntry(prefix + "byteorder");
            if (order != null && !new String(bytes(zip, order, 16), java.nio.charset.StandardCharsets.US_ASCII).equals("little")) {
                throw new IOException(file + " was written big-endian; convert it on the machine that wrote it.");
            }
            Map<?, ?> state = state(file, Pickle.load(bytes(zip, pickle, MAX_PICKLE)));
            var storages = new LinkedHashMap<String, byte[]>();
            var tensors = new LinkedHashMap<String, Tensor>();
            for (var entry : state.entrySet()) {
                if (entry.getKey() instanceof String name && entry.getValue() instanceof Pickle.View view) {
                    tensors.put(name, tensor(zip, prefix, name, view, storages));
                }
            }
            return tensors;
        }
    }

    private static Map<?, ?> state(Path file, Object root) throws IOException {
        if (root instanceof Map<?, ?> map) {
            for (String room : ROOMS) {
                if (map.get(room) instanceof Map<?, ?> state && !state.isEmpty()) {
                    return state;
                }
            }
            if (map.values().stream().anyMatch(Pickle.View.class::isInstance)) {
                return map;
            }
        }
        throw new IOException("%s holds no weights: neither itself nor one of %s is a table of tensors.".formatted(file, ROOMS));
    }

    private static Tensor tensor(ZipFile zip, String prefix, String name, Pickle.View view, Map<String, byte[]> storages)
            throws IOException {
        Pickle.Storage storage = view.storage();
        byte[] bytes = storages.get(storage.key());
        if (bytes == null) {
            ZipEntry entry = zip.getEntry(prefix + "data/" + storage.key());
            if (entry == null) {
                throw new IOException("The bytes of '%s' (data/%s) are missing in %s.".formatted(name, storage.key(), zip.getName()));
            }
            bytes = bytes(zip, entry, Integer.MAX_VALUE - 8);
            storages.put(storage.key(), bytes);
        }
        try {
            return gather(view, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
        } catch (RuntimeException e) {
            throw new IOException("Tensor '%s' of %s does not lie within its stored bytes.".formatted(name, zip.getName()), e);
        }
    }

    private static Tensor gather(Pickle.View view, ByteBuffer storage) {
        int width = view.storage().dtype().bytes();
        long[] shape = view.shape();
        int total = Math.toIntExact(Tensor.bytes(view.storage().dtype(), shape));
        if (contiguous(shape, view.stride())) {
            return new Tensor(view.storage().dtype(), shape,
                storage.slice(Math.toIntExact(view.offset() * width), total));
        }
        ByteBuffer out = ByteBuffer.allocate(total);
        long[] index = new long[shape.length];
        while (out.hasRemaining()) {
            long at = view.offset();
            for (int d = 0; d < shape.length; d++) {
                at += index[d] * view.stride()[d];
            }
            out.put(storage.slice(Math.toIntExact(at * width), width));
            for (int d = shape.length - 1; d >= 0 && ++index[d] == shape[d]; d--) {
                index[d] = 0;
            }
        }
        return new Tensor(view.storage().dtype(), shape, out.flip());
    }

    private static boolean contiguous(long[] shape, long[] stride) {
        long expected = 1;
        for (int d = shape.length - 1; d >= 0; d--) {
            if (shape[d] != 1 && stride[d] != expected) {
                return false;
            }
            expected *= shape[d];
        }
        return true;
    }

    private static byte[] bytes(ZipFile zip, ZipEntry entry, int limit) throws IOException {
        if (entry.getSize() > limit) {
            throw new IOException("%s in %s has %d bytes; %d are allowed.".formatted(entry.getName(), zip.getName(), entry.getSize(), limit));
        }
        try (var in = zip.getInputStream(entry)) {
            return in.readNBytes(limit);
        }
    }
}
