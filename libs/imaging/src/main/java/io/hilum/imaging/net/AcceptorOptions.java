package io.hilum.imaging.net;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * How a storage server listens and whom it accepts.
 *
 * @param address where to listen; null for every address of the machine
 * @param port TCP port; 0 takes a free one
 * @param aeTitle our AE title
 * @param anyCalledAe accept whatever the sender calls us; false refuses other titles with "called AE title not
 *     recognized"
 * @param callingAes titles that may send; empty accepts every sender
 * @param sopClasses which SOP classes besides Verification are accepted
 * @param transferSyntaxes transfer syntax UIDs that are accepted
 * @param maxPduLength longest P-DATA-TF that we ask senders for, bytes; 0 asks for no limit
 * @param maxAssociations associations at the same time, a thread each; one more is refused as "local limit
 *     exceeded", which senders may retry
 * @param requestTimeout the ARTIM timer: an association must be asked for within it, or the socket is closed
 * @param idleTimeout longest silence between two messages before the association is aborted
 * @param dataTimeout longest silence inside a message before the association is aborted
 * @param objectTimeout longest time for one whole message, however steadily it drips, before the association is aborted
 */
public record AcceptorOptions(
        InetAddress address,
        int port,
        String aeTitle,
        boolean anyCalledAe,
        Set<String> callingAes,
        Predicate<String> sopClasses,
        List<String> transferSyntaxes,
        int maxPduLength,
        int maxAssociations,
        Duration requestTimeout,
        Duration idleTimeout,
        Duration dataTimeout,
        Duration objectTimeout) {

    /** Half an hour: 64 MB at 36 KB a second. */
    public static final Duration DEFAULT_OBJECT_TIMEOUT = Duration.ofMinutes(30);

    public AcceptorOptions {
        aeTitle = AeTitle.checked(aeTitle);
        callingAes = Set.copyOf(callingAes);
        transferSyntaxes = List.copyOf(transferSyntaxes);
        if (maxAssociations < 1) {
            throw new IllegalArgumentException("at least one association must be allowed");
        }
        if (objectTimeout.isNegative() || objectTimeout.isZero()) {
            throw new IllegalArgumentException("the longest time for an object must be positive, but is " + objectTimeout);
        }
    }

    /** With {@link #DEFAULT_OBJECT_TIMEOUT}. */
    public AcceptorOptions(InetAddress address, int port, String aeTitle, boolean anyCalledAe, Set<String> callingAes,
            Predicate<String> sopClasses, List<String> transferSyntaxes, int maxPduLength, int maxAssociations,
            Duration requestTimeout, Duration idleTimeout, Duration dataTimeout) {
        this(address, port, aeTitle, anyCalledAe, callingAes, sopClasses, transferSyntaxes, maxPduLength,
                maxAssociations, requestTimeout, idleTimeout, dataTimeout, DEFAULT_OBJECT_TIMEOUT);
    }

    /** Any storage SOP class in any readable transfer syntax, any titles, time-outs on, 128 associations. */
    public static AcceptorOptions onPort(int port, String aeTitle) {
        return new AcceptorOptions(null, port, aeTitle, true, Set.of(), Uids::isStorage,
                Uids.READABLE_TRANSFER_SYNTAXES, 128 << 10, 128, Duration.ofSeconds(30), Duration.ofMinutes(5),
                Duration.ofSeconds(60));
    }
}
