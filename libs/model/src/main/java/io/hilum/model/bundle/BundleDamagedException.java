package io.hilum.model.bundle;

import java.io.IOException;

/** A folder is no sound bundle; the message is one sentence: which file, what is wrong with it. */
public class BundleDamagedException extends IOException {

    public BundleDamagedException(String message) {
        super(message);
    }

    public BundleDamagedException(String message, Throwable cause) {
        super(message, cause);
    }
}
