package io.hilum.ingest.folder;

import io.hilum.ingest.door.Door;
import io.hilum.ingest.door.Receipt;
import io.hilum.ingest.door.Refusal;
import io.hilum.ingest.door.Way;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Takes files that appear in a folder. Accepted ones move to {@code done/}, refused ones to {@code refused/} with the
 * reason in {@code NAME.reason.txt} beside them; where the fault is ours (disk full) they stay and are tried again.
 *
 * <p>Writers should write under a name that begins with a dot or ends in {@code .part} or {@code .tmp}, which is not
 * looked at, and rename when done. A file without that convention is taken when size and time of change stood still
 * between two scans and for {@code stableFor}. A crash between storing and moving takes the file again, which the door
 * recognises.
 *
 * <p>Threading: one thread of its own.
 */
public final class WatchedFolder implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(WatchedFolder.class.getName());
    private static final int DEPTH = 16;

    private final Path folder;
    private final Path done;
    private final Path refused;
    private final Duration stableFor;
    private final long scanMillis;
    private final Door door;
    private final Thread thread;
    private Map<Path, Seen> seen = new HashMap<>();
    /** What was last said of a path, so that it is said once and not at every scan. */
    private final Map<Path, String> complaints = new HashMap<>();
    private boolean waiting;
    private volatile boolean stopping;

    public WatchedFolder(Path folder, Duration stableFor, Duration scanEvery, Door door) {
        this.folder = folder.toAbsolutePath().normalize();
        this.done = this.folder.resolve("done");
        this.refused = this.folder.resolve("refused");
        this.stableFor = stableFor;
        this.scanMillis = Math.max(10, scanEvery.toMillis());
        this.door = door;
        this.thread = new Thread(this::run, "ingest-folder");
        this.thread.setDaemon(true);
    }

    /** Makes the folders and begins to watch. */
    public void start() throws IOException {
        Files.createDirectories(done);
        Files.createDirectories(refused);
        thread.start();
    }

    /** @param modified of the last scan; a file that differs is still being written */
    private record Seen(long size, Instant modified) {}

    private void run() {
        while (!stopping) {
            try {
                scan();
                Thread.sleep(scanMillis);
            } catch (IOException | RuntimeException failed) {
                LOG.log(System.Logger.Level.WARNING, "The watched folder " + folder + " could not be worked off.", failed);
                pause();
            } catch (InterruptedException stop) {
                return;
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(scanMillis);
        } catch (InterruptedException stop) {
            stopping = true;
        }
    }

    private void scan() throws IOException {
        if (isDoorClosed()) {
            return;
        }
        Map<Path, Seen> now = files();
        for (Map.Entry<Path, Seen> file : now.entrySet()) {
            boolean quiet = file.getValue().modified.plus(stableFor).isBefore(Instant.now());
            if (quiet && file.getValue().equals(seen.get(file.getKey()))) {
                takeAlone(file.getKey());
            }
            if (stopping) {
                return;
            }
        }
        complaints.keySet().removeIf(path -> !Files.exists(path, LinkOption.NOFOLLOW_LINKS));
        seen = now;
    }

    /** While nothing can be taken the files stay: refusing each of them with every scan would bury the list. */
    private boolean isDoorClosed() {
        String why = door.closed();
        if (why != null && !waiting) {
            LOG.log(System.Logger.Level.WARNING, "Files wait in {0}: {1}", folder, why);
        }
        waiting = why != null;
        return waiting;
    }

    /** Takes one file; its failure must not hold up the files behind it. */
    private void takeAlone(Path file) {
        try {
            take(file);
        } catch (IOException | RuntimeException failed) {
            complain(file, "cannot be taken and is tried again: " + failed);
        }
    }

    /** Files in the order of their names. What cannot be listed is said once, and the rest is listed all the same. */
    private Map<Path, Seen> files() throws IOException {
        Map<Path, Seen> files = new TreeMap<>();
        Files.walkFileTree(folder, Set.of(), DEPTH, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return directory.equals(done) || directory.equals(refused)
                        ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && isFinished(file.getFileName().toString())) {
                    files.put(file, new Seen(attributes.size(), attributes.lastModifiedTime().toInstant()));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path path, IOException failed) {
                if (!(failed instanceof NoSuchFileException)) {
                    complain(path, "cannot be read: " + failed);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failed) {
                return failed == null ? FileVisitResult.CONTINUE : visitFileFailed(directory, failed);
            }
        });
        return files;
    }

    private void complain(Path path, String what) {
        if (!what.equals(complaints.put(path, what))) {
            LOG.log(System.Logger.Level.WARNING, "Watched folder: {0} {1}", path, what);
        }
    }

    private static boolean isFinished(String name) {
        return !name.startsWith(".") && !name.endsWith(".part") && !name.endsWith(".tmp");
    }

    private void take(Path file) throws IOException {
        String name = folder.relativize(file).toString();
        Receipt receipt;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            receipt = door.receiveFile(Way.FOLDER, name, null, in);
        }
        if (receipt instanceof Refusal refusal) {
            if (refusal.cause().isTransient()) {
                complain(file, "stays and is tried again: " + refusal.cause().comment());
                return;
            }
            Path moved = move(file, refused);
            Files.writeString(moved.resolveSibling(moved.getFileName() + ".reason.txt"),
                    refusal.cause().code() + System.lineSeparator() + refusal.sentence() + System.lineSeparator());
        } else {
            move(file, done);
        }
    }

    private Path move(Path file, Path to) throws IOException {
        Path target = to.resolve(folder.relativize(file));
        Files.createDirectories(target.getParent());
        for (int copy = 1; Files.exists(target, LinkOption.NOFOLLOW_LINKS); copy++) {
            target = to.resolve(folder.relativize(file) + "." + copy);
        }
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        return target;
    }

    @Override
    public void close() {
        stopping = true;
        try {
            thread.join(5_000);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
