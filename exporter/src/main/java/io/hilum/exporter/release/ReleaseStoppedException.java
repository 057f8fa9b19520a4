package io.hilum.exporter.release;

import io.hilum.exporter.ExportException;

/** The instances did not take a staged bundle: what was active stays active. The message says who and why. */
public final class ReleaseStoppedException extends ExportException {

    public ReleaseStoppedException(String message) {
        super(message);
    }
}
