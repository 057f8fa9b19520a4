package io.hilum.sink.store;

/** A record that can never be stored: skipped to {@code poison_record} with this sentence. */
public final class Rejected extends Exception {

    public Rejected(String message) {
        super(message);
    }

    public Rejected(String message, Throwable cause) {
        super(message, cause);
    }
}
