package io.hilum.quickstart.house;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Where one installation of the quick start keeps everything, locked against a second one.
 *
 * <p>After a kill -9 of the launcher its children may still run. The next start on the same directory
 * finds them by their pid files and stops them before it starts its own.
 */
public final class DataDirectory implements AutoCloseable {

    private final Path root;
    private final FileChannel lockFile;
    private final FileLock lock;

    private DataDirectory(Path root, FileChannel lockFile, FileLock lock) {
        this.root = root;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /** @throws IllegalStateException when another process works on the directory */
    public static DataDirectory open(Path root) throws IOException {
        Path absolute = root.toAbsolutePath().normalize();
        for (String part : List.of("log", "run", "store", "models", "broker", "postgres", "ingest", "inbox", "samples")) {
            Files.createDirectories(absolute.resolve(part));
        }
        FileChannel channel = FileChannel.open(
                absolute.resolve("run/lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = tryLock(channel);
        if (lock == null) {
            channel.close();
            throw new IllegalStateException(
                    "Another Hilum runs on %s. Stop it first, or choose another folder with --data.".formatted(absolute));
        }
        DataDirectory data = new DataDirectory(absolute, channel, lock);
        data.stopLeftovers();
        return data;
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException sameProcess) {
            return null;
        }
    }

    public Path root() {
        return root;
    }

    public Path folder(String name) {
        return root.resolve(name);
    }

    public Path log(String process) {
        return root.resolve("log").resolve(process + ".log");
    }

    Path pidFile(String process) {
        return root.resolve("run").resolve(process + ".pid");
    }

    private void stopLeftovers() throws IOException {
        List<Path> pidFiles;
        try (Stream<Path> files = Files.list(root.resolve("run"))) {
            pidFiles = files.filter(file -> file.toString().endsWith(".pid")).toList();
        }
        for (Path file : pidFiles) {
            leftover(file).ifPresent(DataDirectory::stop);
            Files.delete(file);
        }
    }

    /** The process that a pid file names, if it still is one of ours: pids are reused. */
    private Optional<ProcessHandle> leftover(Path pidFile) throws IOException {
        String text = Files.readString(pidFile).trim();
        if (!text.matches("\\d+")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(text))
                .filter(handle -> handle.info().commandLine().orElse("").contains(root.toString()));
    }

    private static void stop(ProcessHandle handle) {
        handle.destroy();
        try {
            handle.onExit().get(10, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (Exception stubborn) {
            handle.destroyForcibly();
            handle.onExit().join();
        }
    }

    @Override
    public void close() throws IOException {
        lock.release();
        lockFile.close();
    }
}
