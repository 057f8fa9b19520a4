package io.hilum.ingest.admin;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/**
 * The latest entries of something, kept over restarts in a file of JSON lines. The file is rewritten when it has
 * grown to twice its content.
 *
 * <p>Threading: free to share.
 *
 * @param <T> a record that Jackson can write and read
 */
public final class BoundedList<T> implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(BoundedList.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Bytes; entries are far shorter, because their texts are cut before they come here. */
    private static final int LONGEST_LINE = 64 << 10;

    private final Path file;
    private final int capacity;
    private final Deque<T> entries = new ArrayDeque<>();
    private FileChannel channel;
    private int linesInFile;

    private BoundedList(Path file, int capacity) {
        this.file = file;
        this.capacity = capacity;
    }

    /** Opens or makes the list; unreadable lines (a crash while writing) are dropped. */
    public static <T> BoundedList<T> open(Path file, Class<T> type, int capacity) throws IOException {
        BoundedList<T> list = new BoundedList<>(file, capacity);
        Files.createDirectories(file.toAbsolutePath().getParent());
        if (Files.exists(file)) {
            list.load(type);
        }
        list.rewrite();
        return list;
    }

    /** Byte by byte, so that no line of whatever length comes into memory as a whole. */
    private void load(Class<T> type) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            for (int octet = in.read(); octet >= 0; octet = in.read()) {
                if (octet == '\n') {
                    remember(line.toByteArray(), type);
                    line.reset();
                } else if (line.size() < LONGEST_LINE) {
                    // What is left of a longer one is no JSON any more, and is dropped as such.
                    line.write(octet);
                }
            }
        }
        remember(line.toByteArray(), type);
    }

    private void remember(byte[] line, Class<T> type) {
        if (line.length == 0) {
            return;
        }
        try {
            keep(JSON.readValue(line, type));
        } catch (IOException torn) {
            LOG.log(System.Logger.Level.WARNING, "Dropped an unreadable line of {0}.", file);
        }
    }

    /** Adds an entry. @throws IOException when it could not be written; it is in memory then, not on disk */
    public synchronized void add(T entry) throws IOException {
        keep(entry);
        if (linesInFile >= 2 * capacity) {
            rewrite();
        } else {
            append(entry);
        }
        channel.force(false);
    }

    /** The latest first. */
    public synchronized List<T> latest() {
        List<T> copy = new ArrayList<>(entries);
        Collections.reverse(copy);
        return copy;
    }

    private void keep(T entry) {
        entries.addLast(entry);
        if (entries.size() > capacity) {
            entries.removeFirst();
        }
    }

    private void append(T entry) throws IOException {
        ByteBuffer line = ByteBuffer.wrap((JSON.writeValueAsString(entry) + "\n").getBytes(StandardCharsets.UTF_8));
        while (line.hasRemaining()) {
            channel.write(line);
        }
        linesInFile++;
    }

    private void rewrite() throws IOException {
        close();
        Path fresh = file.resolveSibling(file.getFileName() + ".tmp");
        channel = FileChannel.open(fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING);
        linesInFile = 0;
        for (T entry : entries) {
            append(entry);
        }
        channel.force(false);
        // The channel follows its file to the new name.
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public synchronized void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
