package io.hilum.imaging.net;

/** Source and reason of an A-ABORT, PS3.8 section 9.3.8. */
public enum AbortReason {
    /** The application above us ended it: source 0, the service user. */
    SERVICE_USER(0, 0),
    NOT_SPECIFIED(2, 0),
    UNRECOGNIZED_PDU(2, 1),
    UNEXPECTED_PDU(2, 2),
    UNRECOGNIZED_PDU_PARAMETER(2, 4),
    UNEXPECTED_PDU_PARAMETER(2, 5),
    INVALID_PDU_PARAMETER(2, 6);

    private final int source;
    private final int reason;

    AbortReason(int source, int reason) {
        this.source = source;
        this.reason = reason;
    }

    int source() {
        return source;
    }

    int reason() {
        return reason;
    }

    static AbortReason of(int source, int reason) {
        for (AbortReason known : values()) {
            if (known.source == source && (source == 0 || known.reason == reason)) {
                return known;
            }
        }
        return NOT_SPECIFIED;
    }
}
