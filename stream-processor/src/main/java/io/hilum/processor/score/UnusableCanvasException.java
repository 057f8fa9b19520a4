package io.hilum.processor.score;

/** The canvas in the event is not what the event says; the message is a sentence for an administrator. */
public final class UnusableCanvasException extends RuntimeException {

    public UnusableCanvasException(String message) {
        super(message);
    }

    public UnusableCanvasException(String message, Throwable cause) {
        super(message, cause);
    }
}
