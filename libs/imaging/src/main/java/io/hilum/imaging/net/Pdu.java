package io.hilum.imaging.net;

import java.util.List;

/** A protocol data unit other than P-DATA-TF, which is streamed and never becomes an object. PS3.8 section 9.3. */
sealed interface Pdu {

    /**
     * A-ASSOCIATE-RQ.
     *
     * @param protocolVersion bit field; bit 0 is version 1
     * @param calledAe trimmed
     * @param callingAe trimmed
     */
    record AssociateRq(
            int protocolVersion,
            String calledAe,
            String callingAe,
            String applicationContext,
            List<ProposedContext> contexts,
            UserInformation user) implements Pdu {}

    /** A-ASSOCIATE-AC; it repeats the AE titles of the request. */
    record AssociateAc(
            String calledAe,
            String callingAe,
            String applicationContext,
            List<AnsweredContext> contexts,
            UserInformation user) implements Pdu {}

    record AssociateRj(RejectReason reason) implements Pdu {}

    record ReleaseRq() implements Pdu {}

    record ReleaseRp() implements Pdu {}

    record Abort(AbortReason reason) implements Pdu {}
}
