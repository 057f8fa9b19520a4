package io.hilum.storage;

import java.io.IOException;
import java.net.URI;

/** A key already holds other bytes. The stored ones stay: an object never changes. */
public final class ObjectConflictException extends IOException {

    private static final long serialVersionUID = 1L;

    public ObjectConflictException(URI uri) {
        super(uri + " already holds other bytes, and an object is never overwritten. Store it under another key.");
    }
}
