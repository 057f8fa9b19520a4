package io.hilum.ingest.folder;

import io.hilum.ingest.door.Door;
import io.hilum.ingest.door.Receipt;
import io.hilum.ingest.door.Refusal;
import io.hilum.ingest.door.Way;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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

    private void scan() throws IOException, InterruptedException {
        if (isDoorClosed()) {
            return;
        }
        Map<Path, Seen> now = new HashMap<>();
        for (Path file : files()) {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            Seen current = new Seen(attributes.size(), attributes.lastModifiedTime().toInstant());
            boolean quiet = current.modified.plus(stableFor).isBefore(Instant.now());
            if (quiet && current.equals(seen.get(file))) {
                take(file);
            }
            now.put(file, current);
            if (stopping) {
                return;
            }
        }
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

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder, DEPTH)) {
            return all.filter(path -> !path.startsWith(done) && !path.startsWith(refused))
                    .filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                    .filter(path -> isFinished(path.getFileName().toString())).sorted().toList();
        } catch (java.io.UncheckedIOException vanished) {
            // A directory went away while it was listed: the next scan sees what is left.
            return List.of();
        }
    }

    private static boolean isFinished(String name) {
        return !name.startsWith(".") && !name.endsWith(".part") && !name.endsWith(".tmp");
    }

    private void take(Path file) throws IOException, InterruptedException {
        String name = folder.relativize(file).toString();
        Receipt receipt;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            receipt = door.receiveFile(Way.FOLDER, name, null, in);
        }
        if (receipt instanceof Refusal refusal) {
            if (refusal.cause().isTransient()) {
                LOG.log(System.Logger.Level.WARNING, "{0} stays in the folder and is tried again.", name);
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
