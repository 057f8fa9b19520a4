package io.hilum.inference;

/** A bundle does not serve here; the message is one sentence: which bundle, what is wrong with it. */
public class BundleRefusedException extends Exception {

    public BundleRefusedException(String message) {
        super(message);
    }

    public BundleRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
