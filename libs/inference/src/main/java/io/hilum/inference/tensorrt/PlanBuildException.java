package io.hilum.inference.tensorrt;

/** A plan could not be built; the message is one sentence with the log's place. */
public class PlanBuildException extends Exception {

    public PlanBuildException(String message) {
        super(message);
    }

    public PlanBuildException(String message, Throwable cause) {
        super(message, cause);
    }
}
