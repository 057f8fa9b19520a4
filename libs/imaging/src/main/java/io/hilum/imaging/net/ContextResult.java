package io.hilum.imaging.net;

/** Answer to one proposed presentation context, PS3.8 section 9.3.3.2. */
public enum ContextResult {
    ACCEPTANCE(0),
    USER_REJECTION(1),
    NO_REASON(2),
    ABSTRACT_SYNTAX_NOT_SUPPORTED(3),
    TRANSFER_SYNTAXES_NOT_SUPPORTED(4);

    private final int code;

    ContextResult(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static ContextResult of(int code) {
        for (ContextResult result : values()) {
            if (result.code == code) {
                return result;
            }
        }
        return NO_REASON;
    }
}
