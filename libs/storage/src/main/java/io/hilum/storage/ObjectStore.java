package io.hilum.storage;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Objects that are written once, are durable before their writer is told so, and never change.
 *
 * <p>A key is a path of segments separated by {@code /}; a segment holds letters, digits and
 * {@code . _ - =} and does not begin with a dot. An object's URI is the store's own followed by the key:
 * {@code file:///data/objects/s1/i1.dcm}, {@code s3://bucket/objects/s1/i1.dcm}. An object is either not
 * there or there whole: no reader sees a part, also when the writer is killed at any moment.
 *
 * <p>Threading: a store is free to share among threads, and one place among processes; an
 * {@link Upload} belongs to one thread at a time.
 */
public interface ObjectStore extends AutoCloseable {

    /** Begins an object whose key may be decided last, when its content is known. */
    Upload begin() throws IOException;

    /**
     * Writes a whole object; durable on return.
     *
     * @return its URI; the same again for the same key and bytes
     * @throws ObjectConflictException if the key already holds other bytes, which stay as they are
     */
    default URI put(String key, byte[] bytes) throws IOException {
        try (Upload upload = begin()) {
            upload.write(bytes);
            return upload.commit(key);
        }
    }

    /**
     * Opens an object for reading.
     *
     * @throws ObjectNotFoundException if there is none
     * @throws IllegalArgumentException if the URI does not lie in this store
     */
    InputStream open(URI uri) throws IOException;

    /** All bytes of an object; as {@link #open} otherwise. */
    default byte[] read(URI uri) throws IOException {
        try (InputStream in = open(uri)) {
            return in.readAllBytes();
        }
    }

    boolean exists(URI uri) throws IOException;

    /**
     * The objects whose keys begin with the prefix, in no order; close the stream. A failure while
     * reading on throws {@link java.io.UncheckedIOException}.
     *
     * @param prefix any string, not only whole segments; empty for all
     */
    Stream<StoredObject> list(String prefix) throws IOException;

    /** Removes an object, durably; nothing happens where there is none. */
    void delete(URI uri) throws IOException;

    /** The URI that an object of this key has or would have. */
    URI uriOf(String key);

    /** Bytes that still fit, for the door's low-water mark; empty where the store knows no limit. */
    OptionalLong freeBytes() throws IOException;

    @Override
    void close();
}
