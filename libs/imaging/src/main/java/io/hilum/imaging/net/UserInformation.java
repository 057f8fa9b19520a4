package io.hilum.imaging.net;

/**
 * The part of the user information item that matters here, PS3.8 annex D and PS3.7 annex D.3.
 *
 * @param maxPduLength longest P-DATA-TF body in bytes that this side wants to receive; 0 means no limit
 * @param implementationClassUid who made this side
 * @param implementationVersion its version name, may be empty
 * @param operationsInvoked asynchronous operations window; -1 when it was not negotiated
 * @param operationsPerformed asynchronous operations window; -1 when it was not negotiated
 */
public record UserInformation(
        int maxPduLength,
        String implementationClassUid,
        String implementationVersion,
        int operationsInvoked,
        int operationsPerformed) {

    /** Hilum's own identity, without an asynchronous operations window. */
    public static UserInformation ours(int maxPduLength) {
        return new UserInformation(maxPduLength, Implementation.CLASS_UID, Implementation.VERSION_NAME, -1, -1);
    }

    boolean asynchronous() {
        return operationsInvoked >= 0;
    }

    /** One operation at a time, which is also what silence means. */
    UserInformation oneAtATime() {
        return new UserInformation(maxPduLength, implementationClassUid, implementationVersion, 1, 1);
    }
}
