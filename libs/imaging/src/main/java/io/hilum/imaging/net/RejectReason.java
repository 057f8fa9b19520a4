package io.hilum.imaging.net;

/** Why an association is refused as a whole: result, source and reason of A-ASSOCIATE-RJ, PS3.8 section 9.3.4. */
public enum RejectReason {
    NO_REASON(1, 1, 1, "no reason given"),
    APPLICATION_CONTEXT_NOT_SUPPORTED(1, 1, 2, "the application context is not DICOM's"),
    CALLING_AE_NOT_RECOGNIZED(1, 1, 3, "the calling AE title is not known here"),
    CALLED_AE_NOT_RECOGNIZED(1, 1, 7, "the called AE title is not ours"),
    PROTOCOL_VERSION_NOT_SUPPORTED(1, 2, 2, "the protocol version is not supported"),
    /** Transient: the sender may try again later. */
    TEMPORARY_CONGESTION(2, 3, 1, "temporary congestion, try again later"),
    /** Transient: all associations are in use. */
    LOCAL_LIMIT_EXCEEDED(2, 3, 2, "all associations are in use, try again later");

    private final int result;
    private final int source;
    private final int reason;
    private final String sentence;

    RejectReason(int result, int source, int reason, String sentence) {
        this.result = result;
        this.source = source;
        this.reason = reason;
        this.sentence = sentence;
    }

    int result() {
        return result;
    }

    int source() {
        return source;
    }

    int reason() {
        return reason;
    }

    /** The reason in words. */
    public String sentence() {
        return sentence;
    }

    /** Whether the sender may expect success later without a change of configuration. */
    public boolean isTransient() {
        return result == 2;
    }

    static RejectReason of(int source, int reason) {
        for (RejectReason known : values()) {
            if (known.source == source && known.reason == reason) {
                return known;
            }
        }
        return NO_REASON;
    }
}
