package io.hilum.exporter.release;

import io.hilum.model.bundle.Bundle;
import io.hilum.storage.ObjectStore;
import io.hilum.storage.ObjectStores;
import io.hilum.storage.Upload;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Copies a bundle into the object store, where every instance can fetch it. Again the same: nothing changes. */
final class BundleUpload {

    private static final int HASH_LETTERS = 16;

    private BundleUpload() {}

    /**
     * @param store as {@code hilum.store.uri} names it
     * @return the bundle's own URI: {@code STORE/bundles/LINE/SHA256}, with the store's options
     */
    static URI to(URI store, Bundle bundle) throws IOException {
        URI folder = folderIn(store, bundle);
        try (ObjectStore objects = ObjectStores.open(folder)) {
            List<String> files = new ArrayList<>(bundle.manifest().files().keySet());
            // Last, so that a folder with it is whole.
            files.add(Bundle.MANIFEST);
            for (String file : files) {
                try (Upload upload = objects.begin()) {
                    Path local = bundle.folder().resolve(file);
                    Files.copy(local, upload);
                    upload.commit(file);
                }
            }
        }
        return folder;
    }

    static URI folderIn(URI store, Bundle bundle) {
        String text = store.toString();
        int options = text.indexOf('?');
        String base = (options < 0 ? text : text.substring(0, options)).replaceAll("/+$", "");
        return URI.create(base + "/bundles/" + bundle.manifest().line() + "/" + bundle.sha256().substring(0, HASH_LETTERS)
                + (options < 0 ? "" : text.substring(options)));
    }
}
