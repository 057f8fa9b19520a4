package io.hilum.imaging.net;

/**
 * What a C-STORE says of the data set that follows it.
 *
 * @param callingAe the sender's AE title
 * @param calledAe what the sender called us
 * @param remoteAddress the sender's IP address
 * @param sopClassUid Affected SOP Class UID
 * @param sopInstanceUid Affected SOP Instance UID
 * @param transferSyntaxUid encoding of the data set: that of its presentation context
 */
public record StoreRequest(
        String callingAe,
        String calledAe,
        String remoteAddress,
        String sopClassUid,
        String sopInstanceUid,
        String transferSyntaxUid) {}
