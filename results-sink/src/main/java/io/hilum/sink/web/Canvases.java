package io.hilum.sink.web;

import io.hilum.sink.config.HouseConfig;
import io.hilum.storage.ObjectStore;
import io.hilum.storage.ObjectStores;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Arrays;

/**
 * Canvas PNGs from the object store, which is opened when the first is asked for: a store that is down
 * at the start must not keep the worklist down.
 *
 * <p>Threading: free to share; opening happens once.
 */
@ApplicationScoped
public class Canvases {

    private static final int LARGEST = 64 << 20;
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    private final HouseConfig.Store config;
    private ObjectStore open;

    Canvases(HouseConfig.Store config) {
        this.config = config;
    }

    /** @throws IOException also when the object is larger than 64 MiB or no PNG */
    byte[] read(URI uri) throws IOException {
        try (InputStream in = store().open(uri)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST || !Arrays.equals(PNG, Arrays.copyOf(bytes, PNG.length))) {
                throw new IOException(uri + " is no PNG of at most " + LARGEST + " bytes");
            }
            return bytes;
        }
    }

    private synchronized ObjectStore store() throws IOException {
        if (open == null) {
            open = ObjectStores.open(config.uri());
        }
        return open;
    }

    @PreDestroy
    synchronized void close() {
        if (open != null) {
            open.close();
        }
    }
}
