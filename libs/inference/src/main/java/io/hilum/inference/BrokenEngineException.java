package io.hilum.inference;

/** The engine cannot score anything at the moment: no image is to blame, and none should be given up for it. */
public class BrokenEngineException extends InferenceException {

    public BrokenEngineException(String message, Throwable cause) {
        super(message, cause);
    }
}
