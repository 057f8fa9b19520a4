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
        Duration dataTimeout) {

    public AcceptorOptions {
        aeTitle = AeTitle.checked(aeTitle);
        callingAes = Set.copyOf(callingAes);
        transferSyntaxes = List.copyOf(transferSyntaxes);
        if (maxAssociations < 1) {
            throw new IllegalArgumentException("at least one association must be allowed");
        }
    }

    /** Any storage SOP class in any readable transfer syntax, any titles, time-outs on, 128 associations. */
    public static AcceptorOptions onPort(int port, String aeTitle) {
        return new AcceptorOptions(null, port, aeTitle, true, Set.of(), Uids::isStorage,
                Uids.READABLE_TRANSFER_SYNTAXES, 128 << 10, 128, Duration.ofSeconds(30), Duration.ofMinutes(5),
                Duration.ofSeconds(60));
    }
}
