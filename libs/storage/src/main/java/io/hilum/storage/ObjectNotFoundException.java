package io.hilum.storage;

import java.io.IOException;
import java.net.URI;

/** No object has this URI: never written, not committed, or purged. */
public final class ObjectNotFoundException extends IOException {

    private static final long serialVersionUID = 1L;

    public ObjectNotFoundException(URI uri) {
        super("There is no object " + uri + ". It was purged, withdrawn or never committed.");
    }
}
