package io.hilum.ingest.door;

/** Carries a refusal out of a check. Stays inside this package: the door turns it into a {@link Refusal}. */
final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final RefusalCause cause;

    RefusedException(RefusalCause cause, String sentence) {
        super(sentence, null, false, false);
        this.cause = cause;
    }

    RefusalCause refusalCause() {
        return cause;
    }
}
