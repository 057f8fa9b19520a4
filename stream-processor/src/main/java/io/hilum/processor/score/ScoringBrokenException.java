package io.hilum.processor.score;

/**
 * Nothing can be scored at the moment, and no image is to blame: nothing is committed, the records are read
 * again. The message is a sentence for an administrator.
 */
public final class ScoringBrokenException extends RuntimeException {

    public ScoringBrokenException(String message, Throwable cause) {
        super(message, cause);
    }
}
