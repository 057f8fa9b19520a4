package io.hilum.imaging.net;

import java.io.IOException;

/** An association that ended otherwise than by release: who ended it and why. */
public final class AssociationException extends IOException {

    private static final long serialVersionUID = 1L;

    /** How the association ended. */
    public enum Cause {
        /** The peer sent A-ABORT. */
        ABORTED_BY_PEER,
        /** The TCP connection closed or broke without A-ABORT or release. */
        CONNECTION_LOST,
        /** The peer was silent for longer than the time-out. */
        TIMED_OUT,
        /** The peer broke the protocol. */
        PROTOCOL_ERROR,
        /** The acceptor refused the association. */
        REJECTED
    }

    private final Cause cause;
    private final AbortReason abortReason;

    AssociationException(Cause cause, AbortReason abortReason, String sentence) {
        super(sentence);
        this.cause = cause;
        this.abortReason = abortReason;
    }

    static AssociationException protocol(AbortReason reason, String sentence) {
        return new AssociationException(Cause.PROTOCOL_ERROR, reason, sentence);
    }

    static AssociationException lost(String sentence) {
        return new AssociationException(Cause.CONNECTION_LOST, AbortReason.NOT_SPECIFIED, sentence);
    }

    public Cause kind() {
        return cause;
    }

    /** What to put into the A-ABORT that answers it. */
    AbortReason abortReason() {
        return abortReason;
    }

    /** Whether an A-ABORT should still be sent to the peer. */
    boolean wantsAbort() {
        return switch (cause) {
            case PROTOCOL_ERROR, TIMED_OUT -> true;
            case ABORTED_BY_PEER, CONNECTION_LOST, REJECTED -> false;
        };
    }
}
