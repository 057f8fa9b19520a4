package io.hilum.ingest.publish;

/** The broker will never take this event, whatever the time: too large, or against its rules. */
public final class UnsendableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnsendableException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
