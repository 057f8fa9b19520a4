package io.hilum.ingest.door;

import java.io.IOException;

/** The object store failed while an object was written to it: our fault, not the object's or the sender's. */
final class StorageFailedException extends IOException {

    private static final long serialVersionUID = 1L;

    StorageFailedException(IOException cause) {
        super(cause.getMessage(), cause);
    }
}
