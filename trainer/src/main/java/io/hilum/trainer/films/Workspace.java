package io.hilum.trainer.films;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.zip.CRC32;

/**
 * Where films are kept between reading and the cache, so that a call that was killed goes on instead of beginning anew, and
 * so that all films can be compared before any cache appears. {@code inputs} holds the films' inputs, S * S bytes a slot;
 * {@code records} what is known of each, with a check sum over both: a slot that was written half counts as empty. A film is
 * found by its image's path, length and time, so a list may change between two calls. Any thread.
 */
final class Workspace implements AutoCloseable {
    private static final String KEY = "key";
    private static final int DIGEST = 32;
    private static final int RECORD = 8 + 16 + 4 + 4 + DIGEST;

    private final Path folder;
    private final int bytes;
    private final FileChannel inputs;
    private final FileChannel records;
    private final Map<UUID, Integer> slots = new HashMap<>();
    private int next;

    private Workspace(Path folder, int bytes) throws IOException {
        this.folder = folder;
        this.bytes = bytes;
        this.inputs = open(folder.resolve("inputs"));
        this.records = open(folder.resolve("records"));
        ByteBuffer record = ByteBuffer.allocate(RECORD);
        for (; fill(records, record.clear(), (long) next * RECORD); next++) {
            slots.put(new UUID(record.getLong(8), record.getLong(16)), next);
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /**
     * @param key how inputs are made; what was made in another way is thrown away
     * @param size side of an input in pixels
     */
    static Workspace open(Path folder, String key, int size) throws IOException {
        Path file = folder.resolve(KEY);
        if (Files.exists(file) && !Files.readString(file).equals(key)) {
            delete(folder);
        }
        Files.createDirectories(folder);
        Files.write(file, key.getBytes(StandardCharsets.UTF_8));
        return new Workspace(folder, size * size);
    }

    /** What is known of a film; null when its image must be read (again). */
    Film film(FilmRow row, Path image) throws IOException {
        Integer slot;
        UUID key = key(image);
        synchronized (slots) {
            slot = slots.get(key);
        }
        ByteBuffer record = ByteBuffer.allocate(RECORD);
        ByteBuffer input = ByteBuffer.allocate(bytes);
        if (slot == null || !fill(records, record, (long) slot * RECORD) || !fill(inputs, input, (long) slot * bytes)
                || record.getLong(0) != sum(input.array(), record)) {
            return null;
        }
        byte[] sha256 = new byte[DIGEST];
        record.get(32, sha256);
        return new Film(row, slot, sha256, record.getInt(24), record.getInt(28));
    }

    /** @param input [S * S] grey bytes */
    Film put(FilmRow row, Path image, byte[] sha256, int width, int height, byte[] input) throws IOException {
        UUID key = key(image);
        int slot;
        synchronized (slots) {
            slot = slots.computeIfAbsent(key, k -> next++);
        }
        ByteBuffer record = ByteBuffer.allocate(RECORD);
        record.putLong(8, key.getMostSignificantBits()).putLong(16, key.getLeastSignificantBits());
        record.putInt(24, width).putInt(28, height).put(32, sha256);
        record.putLong(0, sum(input, record));
        // The input goes first: a record without its input must not exist even when the process is killed in between.
        write(inputs, ByteBuffer.wrap(input), (long) slot * bytes);
        write(records, record, (long) slot * RECORD);
        return new Film(row, slot, sha256, width, height);
    }

    private static UUID key(Path image) throws IOException {
        String text = image.toAbsolutePath() + " " + Files.size(image) + " " + Files.getLastModifiedTime(image);
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    byte[] input(Film film) throws IOException {
        ByteBuffer input = ByteBuffer.allocate(bytes);
        if (!fill(inputs, input, (long) film.slot() * bytes)) {
            throw new IOException(folder + " lost a film; delete it and start again.");
        }
        return input.array();
    }

    /** Never 0, the sum of a slot that was never written. */
    private static long sum(byte[] input, ByteBuffer record) {
        CRC32 crc = new CRC32();
        crc.update(input);
        crc.update(record.array(), 8, RECORD - 8);
        return crc.getValue() | 1L << 32;
    }

    private static boolean fill(FileChannel channel, ByteBuffer to, long at) throws IOException {
        while (to.hasRemaining()) {
            if (channel.read(to, at + to.position()) < 0) {
                return false;
            }
        }
        return true;
    }

    private static void write(FileChannel channel, ByteBuffer from, long at) throws IOException {
        while (from.hasRemaining()) {
            channel.write(from, at + from.position());
        }
    }

    /** Throws the films away; they are in caches now. */
    void delete() throws IOException {
        close();
        delete(folder);
    }

    private static void delete(Path folder) throws IOException {
        for (String file : new String[] {KEY, "inputs", "records"}) {
            Files.deleteIfExists(folder.resolve(file));
        }
        Files.deleteIfExists(folder);
    }

    @Override
    public void close() throws IOException {
        inputs.close();
        records.close();
    }
}
