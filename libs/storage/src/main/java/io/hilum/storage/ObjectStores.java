package io.hilum.storage;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** Opens a store by its URI, the one option {@code hilum.store.uri}. */
public final class ObjectStores {

    private ObjectStores() {}

    /**
     * Opens {@code file:///directory} or {@code s3://bucket/prefix?endpoint=https://host:9000&region=eu-1&pathStyle=true}.
     *
     * <p>A file store serves the processes of one machine (or one shared, hard-link capable file system);
     * S3 credentials come from the usual places of AWS's SDK: environment, profile or instance.
     *
     * @throws IllegalArgumentException with a sentence, if the URI names no store
     * @throws IOException if the store cannot be used as it is
     */
    public static ObjectStore open(URI uri) throws IOException {
        String scheme = String.valueOf(uri.getScheme());
        return switch (scheme) {
            case "file" -> FileObjectStore.open(directory(uri));
            case "s3" -> S3ObjectStore.open(S3Location.parse(uri));
            default -> throw new IllegalArgumentException("hilum.store.uri is " + uri
                    + ", which names no store. Use file:///directory or s3://bucket/prefix.");
        };
    }

    private static Path directory(URI uri) {
        if (uri.getAuthority() != null || uri.getPath() == null || !uri.getPath().startsWith("/") || uri.getQuery() != null) {
            throw new IllegalArgumentException("hilum.store.uri is " + uri
                    + ", which names no directory. Use file:/// and an absolute path.");
        }
        return Path.of(uri.getPath());
    }
}
