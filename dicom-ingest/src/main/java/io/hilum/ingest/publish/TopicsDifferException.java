package io.hilum.ingest.publish;

/** The topics on the broker are not as the house declares them; trying again does not help. */
public final class TopicsDifferException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public TopicsDifferException(String sentence) {
        super(sentence);
    }
}
