package io.hilum.inference;

/** An image or a batch could not be scored; the message is a sentence for an administrator. */
public class InferenceException extends RuntimeException {

    public InferenceException(String message) {
        super(message);
    }

    public InferenceException(String message, Throwable cause) {
        super(message, cause);
    }
}
