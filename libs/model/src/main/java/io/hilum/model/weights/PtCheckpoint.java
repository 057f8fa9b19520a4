package io.hilum.model.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Reads the tensors of a torch checkpoint ({@code torch.save}, the zip format of torch 1.6 and later). Nothing
 * in the file is executed: see {@link Pickle}. Optimizer states, argument objects of unknown classes and the
 * like are passed over, and what the file claims about sizes is believed only as far as its own bytes reach.
 */
public final class PtCheckpoint {
    /** Where the EVA-X tools keep the weights; looked for in this order. */
    private static final List<String> ROOMS = List.of("model_ema", "model", "module", "state_dict");
    private static final String PICKLE = "data.pkl";
    /** Those of real checkpoints have some 100 KB, with an optimizer's state less than 2 MB. */
    private static final int MAX_PICKLE = 8 << 20;

    private final Path file;
    private final ZipFile zip;
    private final String prefix;
    private final Map<String, ByteBuffer> storages = new LinkedHashMap<>();

    private PtCheckpoint(Path file, ZipFile zip, String prefix) {
        this.file = file;
        this.zip = zip;
        this.prefix = prefix;
    }

    /**
     * @param room the name under which the weights lay ({@code model} ...); empty when they were the whole file
     * @param tensors the model's tensors under their own names, in the file's order, each with its stored type
     */
    record Content(String room, Map<String, Tensor> tensors) {}

    /**
     * The model's tensors under their own names, in the file's order, each with its stored type.
     *
     * @throws IOException with a sentence naming the file, when it is no such checkpoint, or damaged
     */
    public static Map<String, Tensor> read(Path file) throws IOException {
        return open(file).tensors();
    }

    static Content open(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            String pickle = zip.stream().map(ZipEntry::getName).filter(n -> n.equals(PICKLE) || n.endsWith("/" + PICKLE)).findFirst()
                .orElseThrow(() -> new IOException(file + " is no torch checkpoint: it is a zip archive without a data.pkl."));
            return new PtCheckpoint(file, zip, pickle.substring(0, pickle.length() - PICKLE.length())).content();
        } catch (ZipException e) {
            throw new IOException("%s is no whole torch checkpoint (%s): it was cut off or damaged on its way; fetch it again."
                .formatted(file, e.getMessage()), e);
        }
    }

    private Content content() throws IOException {
        ZipEntry order = zip.getEntry(prefix + "byteorder");
        if (order != null && !new String(bytes(order, 16), StandardCharsets.US_ASCII).equals("little")) {
            throw new IOException(file + " was written big-endian; convert it on the machine that wrote it.");
        }
        Object root;
        try {
            root = Pickle.load(bytes(zip.getEntry(prefix + PICKLE), MAX_PICKLE));
        } catch (ZipException e) {
            throw e;
        } catch (IOException e) {
            throw e.getMessage().startsWith("its ") ? new IOException("%s cannot be read: %s.".formatted(file, e.getMessage()), e) : e;
        }
        String room = room(root);
        Map<?, ?> state = (Map<?, ?>) (room.isEmpty() ? root : ((Map<?, ?>) root).get(room));
        var tensors = new LinkedHashMap<String, Tensor>();
        for (var entry : state.entrySet()) {
            if (entry.getKey() instanceof String name && entry.getValue() instanceof Pickle.View view) {
                tensors.put(name, tensor(name, view));
            }
        }
        return new Content(room, tensors);
    }

    private String room(Object root) throws IOException {
        if (root instanceof Map<?, ?> map) {
            for (String room : ROOMS) {
                if (map.get(room) instanceof Map<?, ?> state && state.values().stream().anyMatch(Pickle.View.class::isInstance)) {
                    return room;
                }
            }
            if (map.values().stream().anyMatch(Pickle.View.class::isInstance)) {
                return "";
            }
        }
        throw new IOException(("%s holds no weights: neither itself nor one of %s is a table of tensors. If it holds a whole model (an object "
            + "or a TorchScript program), save its state_dict() instead.").formatted(file, ROOMS));
    }

    private Tensor tensor(String name, Pickle.View view) throws IOException {
        ByteBuffer bytes = storages.get(view.storage().key());
        if (bytes == null) {
            String place = "data/" + view.storage().key();
            ZipEntry entry = zip.getEntry(prefix + place);
            if (entry == null) {
                throw new IOException("The bytes of '%s' (%s) are missing in %s.".formatted(name, place, file));
            }
            if (entry.getMethod() != ZipEntry.STORED) {
                // torch never compresses. Without this rule a few kilobytes could claim all memory.
                throw new IOException("The bytes of '%s' (%s) in %s are compressed, which torch.save never does; save it anew with torch."
                    .formatted(name, place, file));
            }
            bytes = ByteBuffer.wrap(bytes(entry, Integer.MAX_VALUE - 8)).order(ByteOrder.LITTLE_ENDIAN);
            storages.put(view.storage().key(), bytes);
        }
        try {
            return gather(view, bytes);
        } catch (RuntimeException e) {
            throw new IOException("Tensor '%s' of %s does not lie within its stored bytes: the file is damaged or made up."
                .formatted(name, file), e);
        }
    }

    private static Tensor gather(Pickle.View view, ByteBuffer storage) {
        int width = view.storage().dtype().bytes();
        long[] shape = view.shape();
        int total = Math.toIntExact(Tensor.bytes(view.storage().dtype(), shape));
        if (total > storage.capacity()) {
            throw new IllegalStateException("more values than are stored");
        }
        if (contiguous(shape, view.stride())) {
            return new Tensor(view.storage().dtype(), shape, storage.slice(Math.toIntExact(Math.multiplyExact(view.offset(), width)), total));
        }
        ByteBuffer out = ByteBuffer.allocate(total);
        long[] index = new long[shape.length];
        while (out.hasRemaining()) {
            long at = view.offset();
            for (int d = 0; d < shape.length; d++) {
                at = Math.addExact(at, Math.multiplyExact(index[d], view.stride()[d]));
            }
            out.put(storage.slice(Math.toIntExact(Math.multiplyExact(at, width)), width));
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

    /** All bytes of an entry; never more than its limit, whatever the archive claims. */
    private byte[] bytes(ZipEntry entry, int limit) throws IOException {
        if (entry.getSize() > limit) {
            throw new IOException("%s in %s has %d bytes, but no more than %d are read.".formatted(entry.getName(), file, entry.getSize(), limit));
        }
        try (var in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(limit);
            if (bytes.length != entry.getSize()) {
                throw new IOException("%s in %s has not the %d bytes that the archive claims: it was cut off or damaged; fetch it again."
                    .formatted(entry.getName(), file, entry.getSize()));
            }
            return bytes;
        }
    }
}
