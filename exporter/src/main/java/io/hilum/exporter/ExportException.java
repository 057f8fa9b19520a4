package io.hilum.exporter;

/** A model was not exported or a bundle not released; the message is one sentence: what is wrong, what to do. */
public class ExportException extends Exception {

    public ExportException(String message) {
        super(message);
    }

    public ExportException(String message, Throwable cause) {
        super(message, cause);
    }
}
