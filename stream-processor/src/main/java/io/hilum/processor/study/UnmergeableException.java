package io.hilum.processor.study;

/** A revision cannot be made, or not be sent; nothing was written for it. */
final class UnmergeableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;

    /** @param code the dead letter's cause code */
    UnmergeableException(String code, String sentence, Throwable cause) {
        super(sentence, cause);
        this.code = code;
    }

    String code() {
        return code;
    }

    /** For whoever mends it. */
    String detail() {
        return getCause() == null ? "" : getCause().toString();
    }
}
