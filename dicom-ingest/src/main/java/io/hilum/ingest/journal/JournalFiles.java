package io.hilum.ingest.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The journal's directory: one owner at a time, files named by rising numbers. */
final class JournalFiles implements AutoCloseable {

    private static final Pattern NAME = Pattern.compile("journal-(\\d{10})\\.log");

    private final Path directory;
    private final FileChannel lock;

    private JournalFiles(Path directory, FileChannel lock) {
        this.directory = directory;
        this.lock = lock;
    }

    static JournalFiles lock(Path directory) throws IOException {
        Files.createDirectories(directory);
        FileChannel channel = FileChannel.open(directory.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock held = channel.tryLock();
            if (held != null) {
                return new JournalFiles(directory, channel);
            }
        } catch (OverlappingFileLockException sameProcess) {
            // The same answer as for another process.
        }
        channel.close();
        throw new IOException("The journal " + directory + " is in use by another dicom-ingest. Each needs a directory "
                + "of its own: stop the other one or set hilum.ingest.data-dir.");
    }

    Path directory() {
        return directory;
    }

    /** All files, oldest first; leftovers of an interrupted opening are removed. */
    List<Segment> existing() throws IOException {
        List<Segment> found = new ArrayList<>();
        try (Stream<Path> paths = Files.list(directory)) {
            for (Path path : paths.toList()) {
                Matcher name = NAME.matcher(path.getFileName().toString());
                if (name.matches()) {
                    found.add(new Segment(Long.parseLong(name.group(1)), path));
                } else if (path.toString().endsWith(".tmp")) {
                    Files.delete(path);
                }
            }
        }
        found.sort(Comparator.comparingLong(Segment::number));
        return found;
    }

    Segment create(long number) throws IOException {
        Segment segment = new Segment(number, path(number));
        flushDirectory();
        return segment;
    }

    Segment createTemporary(long number) throws IOException {
        return new Segment(number, directory.resolve("compacting-" + number + ".tmp"));
    }

    /** Gives a finished temporary file its name, durably, and moves the positions over to it. */
    Segment publish(Segment temporary, Map<Long, Position> positions, long number) throws IOException {
        temporary.force();
        temporary.close();
        Files.move(temporary.file(), path(number), StandardCopyOption.ATOMIC_MOVE);
        flushDirectory();
        Segment named = new Segment(number, path(number));
        named.pending = temporary.pending;
        positions.replaceAll((sequence, position) -> new Position(named, position.offset(), position.length()));
        return named;
    }

    void flushDirectory() throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private Path path(long number) {
        return directory.resolve("journal-%010d.log".formatted(number));
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
