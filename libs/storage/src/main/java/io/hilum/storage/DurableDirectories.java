package io.hilum.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes directories whose names survive a power cut.
 *
 * <p>A new directory's name lives in its parent, which must be flushed. A directory that already exists
 * may be another thread's or process's, made a moment ago and not flushed yet: so the first time that this
 * process meets a directory, it flushes the parent whoever made it, and remembers that.
 *
 * <p>Threading: free to share.
 */
final class DurableDirectories {

    /** Forgotten and flushed anew beyond this; a study needs one directory. */
    private static final int REMEMBERED = 100_000;

    private final Path root;
    private final Set<Path> known = ConcurrentHashMap.newKeySet();

    DurableDirectories(Path root) {
        this.root = root;
    }

    /** Makes the directory (under the root) and everything above it, durable on return. */
    void make(Path directory) throws IOException {
        if (directory.equals(root) || known.contains(directory)) {
            return;
        }
        make(directory.getParent());
        try {
            Files.createDirectory(directory);
        } catch (FileAlreadyExistsException there) {
            if (!Files.isDirectory(directory)) {
                throw new IOException(directory + " is an object, so that no object can lie below it.", there);
            }
        }
        flush(directory.getParent());
        if (known.size() >= REMEMBERED) {
            known.clear();
        }
        known.add(directory);
    }

    /** Makes the store's own directory; what already exists above it is taken as durable. */
    static void makeWithParents(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        makeWithParents(directory.getParent());
        Files.createDirectories(directory);
        flush(directory.getParent());
    }

    /** Flushes a directory's entries to the disk. */
    static void flush(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
