package io.hilum.ingest;

import io.hilum.storage.ObjectStore;
import io.hilum.storage.StoredObject;
import io.hilum.storage.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** A store whose opening and beginning a test may break; the rest goes to a real one, if there is one. */
public final class BrokenStore {

    /** Opens an object in its own way. */
    public interface Open {
        InputStream open(URI uri) throws IOException;
    }

    /** Begins an upload in its own way. */
    public interface Begin {
        Upload begin() throws IOException;
    }

    public volatile Open open;
    public volatile Begin begin;
    private final ObjectStore real;

    public BrokenStore(ObjectStore real) {
        this.real = real;
        if (real != null) {
            this.open = real::open;
            this.begin = real::begin;
        }
    }

    public ObjectStore asStore() {
        return new ObjectStore() {
            @Override
            public Upload begin() throws IOException {
                return begin.begin();
            }

            @Override
            public InputStream open(URI uri) throws IOException {
                return open.open(uri);
            }

            @Override
            public boolean exists(URI uri) throws IOException {
                return real.exists(uri);
            }

            @Override
            public Stream<StoredObject> list(String prefix) throws IOException {
                return real.list(prefix);
            }

            @Override
            public void delete(URI uri) throws IOException {
                real.delete(uri);
            }

            @Override
            public URI uriOf(String key) {
                return real == null ? URI.create("s3://b/" + key) : real.uriOf(key);
            }

            @Override
            public OptionalLong freeBytes() throws IOException {
                return real == null ? OptionalLong.empty() : real.freeBytes();
            }

            @Override
            public void close() {
                if (real != null) {
                    real.close();
                }
            }
        };
    }
}
