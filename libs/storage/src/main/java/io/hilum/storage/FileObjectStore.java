package io.hilum.storage;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Objects as files under one directory.
 *
 * <p>An object is written under a unique name in {@code .uploads}, flushed, and then hard-linked to its
 * name: a link, other than a rename, fails where the name exists, so that two writers cannot overwrite each
 * other. Then the directory is flushed, and every directory above it that this process has not flushed
 * before. Delete leaves empty directories: removing them would race with a writer that needs them.
 *
 * <p>Threading: free to share.
 */
final class FileObjectStore implements ObjectStore {

    /** An upload that nobody has written to for so long lost its process; others may be another process's. */
    static final Duration LEFTOVER = Duration.ofHours(1);

    private static final String UPLOADS = ".uploads";

    private final Path root;
    private final Path uploads;
    private final String base;
    private final DurableDirectories directories;

    private FileObjectStore(Path root) {
        this.root = root;
        this.uploads = root.resolve(UPLOADS);
        this.base = "file://" + (root.toString().equals("/") ? "" : root.toUri().getRawPath().replaceAll("/+$", "")) + "/";
        this.directories = new DurableDirectories(root);
    }

    static FileObjectStore open(Path directory) throws IOException {
        return open(directory, LEFTOVER);
    }

    static FileObjectStore open(Path directory, Duration leftover) throws IOException {
        Path root = directory.toAbsolutePath().normalize();
        FileObjectStore store = new FileObjectStore(root);
        try {
            DurableDirectories.makeWithParents(root);
        } catch (IOException denied) {
            throw new IOException("The object store " + root + " cannot be made: " + denied
                    + ". Check hilum.store.uri and the rights on the directory.", denied);
        }
        if (Files.isWritable(root)) {
            Files.createDirectories(store.uploads);
            store.proveLinks();
            store.removeLeftovers(Instant.now().minus(leftover));
        }
        return store;
    }

    @Override
    public Upload begin() throws IOException {
        return new FileUpload(this, uploads.resolve(UUID.randomUUID().toString()));
    }

    @Override
    public InputStream open(URI uri) throws IOException {
        try {
            return new BufferedInputStream(Files.newInputStream(file(Keys.of(base, uri)), LinkOption.NOFOLLOW_LINKS), 1 << 16);
        } catch (NoSuchFileException none) {
            throw new ObjectNotFoundException(uri);
        }
    }

    @Override
    public boolean exists(URI uri) {
        return Files.isRegularFile(file(Keys.of(base, uri)), LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public Stream<StoredObject> list(String prefix) throws IOException {
        Keys.checkPrefix(prefix);
        int slash = prefix.lastIndexOf('/');
        Path start = slash < 0 ? root : root.resolve(prefix.substring(0, slash));
        if (!Files.isDirectory(start, LinkOption.NOFOLLOW_LINKS)) {
            return Stream.empty();
        }
        return children(start).filter(path -> key(path).startsWith(prefix)).flatMap(this::files);
    }

    @Override
    public void delete(URI uri) throws IOException {
        Path file = file(Keys.of(base, uri));
        if (Files.deleteIfExists(file)) {
            DurableDirectories.flush(file.getParent());
        }
    }

    @Override
    public URI uriOf(String key) {
        return URI.create(base + Keys.check(key));
    }

    @Override
    public OptionalLong freeBytes() throws IOException {
        return OptionalLong.of(Files.getFileStore(root).getUsableSpace());
    }

    @Override
    public void close() {
        // Holds nothing open.
    }

    /** Gives the finished and flushed temporary file its name. */
    URI publish(Path temporary, String key) throws IOException {
        Path target = file(Keys.check(key));
        URI uri = uriOf(key);
        directories.make(target.getParent());
        try {
            Files.createLink(target, temporary);
        } catch (FileAlreadyExistsException before) {
            if (!Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS) || Files.mismatch(target, temporary) >= 0) {
                throw new ObjectConflictException(uri);
            }
            // The first writer may have been killed between link and flush, so flush for it.
        }
        DurableDirectories.flush(target.getParent());
        return uri;
    }

    private Path file(String key) {
        return root.resolve(key);
    }

    private String key(Path path) {
        return root.relativize(path).toString();
    }

    /** Whatever could be part of a key: neither uploads nor a file system's own lost+found. */
    private static Stream<Path> children(Path directory) throws IOException {
        return Files.list(directory).filter(path -> Keys.isKey(path.getFileName().toString()));
    }

    private Stream<StoredObject> files(Path path) {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (attributes.isDirectory()) {
                return children(path).flatMap(this::files);
            }
            String key = key(path);
            return attributes.isRegularFile()
                    ? Stream.of(new StoredObject(uriOf(key), key, attributes.size(), attributes.lastModifiedTime().toInstant()))
                    : Stream.empty();
        } catch (NoSuchFileException deletedMeanwhile) {
            return Stream.empty();
        } catch (IOException failed) {
            throw new UncheckedIOException("The object store cannot read " + path + ".", failed);
        }
    }

    private void proveLinks() throws IOException {
        Path one = uploads.resolve(UUID.randomUUID().toString());
        Path two = uploads.resolve(UUID.randomUUID().toString());
        try {
            Files.createFile(one);
            Files.createLink(two, one);
        } catch (IOException | UnsupportedOperationException none) {
            throw new IOException("The object store " + root + " lies on a file system without hard links or is not writable ("
                    + none.getMessage() + "), so that objects cannot be written once. Use ext4, xfs or NFS, or an S3 store.", none);
        } finally {
            Files.deleteIfExists(one);
            Files.deleteIfExists(two);
        }
    }

    private void removeLeftovers(Instant before) throws IOException {
        try (Stream<Path> found = Files.list(uploads)) {
            for (Path each : (Iterable<Path>) found::iterator) {
                try {
                    if (Files.getLastModifiedTime(each).toInstant().isBefore(before)) {
                        Files.deleteIfExists(each);
                    }
                } catch (NoSuchFileException finishedMeanwhile) {
                    // Another process's upload that ended just now.
                }
            }
        }
    }
}
