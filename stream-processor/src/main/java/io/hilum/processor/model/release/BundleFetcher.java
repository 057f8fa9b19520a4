package io.hilum.processor.model.release;

import io.hilum.contracts.event.BundlePointer;
import io.hilum.storage.ObjectStore;
import io.hilum.storage.ObjectStores;
import io.hilum.storage.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Brings a bundle to a local folder: one on a file system is used where it lies, any other is copied once into
 * a cache named by its hash. Nothing is verified here; the engine does that for every file.
 *
 * <p>Threading: owned by the release thread.
 */
final class BundleFetcher {

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private final Path cache;

    BundleFetcher(Path cache) {
        this.cache = cache;
    }

    /**
     * @return the local folder
     * @throws IOException when the bundle cannot be reached now; trying again later may help
     * @throws IllegalArgumentException when the pointer names no bundle: trying again does not help
     */
    Path fetch(BundlePointer bundle) throws IOException {
        URI uri = uriOf(bundle);
        if ("file".equals(uri.getScheme())) {
            return Path.of(uri.getPath());
        }
        Path local = cache.resolve(bundle.getSha256());
        if (!Files.isDirectory(local)) {
            copy(uri, local);
        }
        return local;
    }

    /** Whether {@link #fetch} would give a copy that was made earlier, and may have been damaged since. */
    boolean isCached(BundlePointer bundle) {
        return !"file".equals(uriOf(bundle).getScheme()) && Files.isDirectory(cache.resolve(bundle.getSha256()));
    }

    /** Removes a cached copy that proved bad, so that the next attempt copies anew. A bundle on a file system stays. */
    void forget(BundlePointer bundle) throws IOException {
        if (SHA256.matcher(bundle.getSha256()).matches()) {
            delete(cache.resolve(bundle.getSha256()));
        }
    }

    private static URI uriOf(BundlePointer bundle) {
        if (!SHA256.matcher(bundle.getSha256()).matches()) {
            throw new IllegalArgumentException("The release names bundle " + bundle.getUri() + " without a SHA-256.");
        }
        URI uri = URI.create(bundle.getUri());
        if (uri.getScheme() == null || uri.getPath() == null) {
            throw new IllegalArgumentException("The release names the bundle '" + bundle.getUri() + "', which is no URI of a folder.");
        }
        return uri;
    }

    private void copy(URI uri, Path local) throws IOException {
        Files.createDirectories(cache);
        Path part = Files.createTempDirectory(cache, "part-");
        try (ObjectStore store = ObjectStores.open(uri); Stream<StoredObject> listed = store.list("")) {
            List<StoredObject> files = listed.toList();
            if (files.isEmpty()) {
                throw new IOException("There is no bundle at " + uri + ".");
            }
            for (StoredObject file : files) {
                Path target = part.resolve(file.key()).normalize();
                if (!target.startsWith(part)) {
                    throw new IOException("The bundle at " + uri + " has a file outside of itself: " + file.key());
                }
                Files.createDirectories(target.getParent());
                try (InputStream in = store.open(file.uri())) {
                    Files.copy(in, target);
                }
            }
            Files.move(part, local, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException another) {
            // Another instance on this machine was faster: the same hash, the same files.
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        } finally {
            delete(part);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
