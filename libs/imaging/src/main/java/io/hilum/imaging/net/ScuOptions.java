package io.hilum.imaging.net;

import java.time.Duration;

/**
 * Whom a storage client talks to.
 *
 * @param host name or address of the server
 * @param port TCP port
 * @param calledAe the server's AE title
 * @param callingAe our AE title
 * @param maxPduLength longest P-DATA-TF that we want to receive, bytes
 * @param connectTimeout for the TCP connection
 * @param responseTimeout for each answer
 */
public record ScuOptions(
        String host,
        int port,
        String calledAe,
        String callingAe,
        int maxPduLength,
        Duration connectTimeout,
        Duration responseTimeout) {

    public ScuOptions {
        calledAe = AeTitle.checked(calledAe);
        callingAe = AeTitle.checked(callingAe);
    }

    /** 10 s to connect, 60 s for each answer. */
    public static ScuOptions to(String host, int port, String calledAe, String callingAe) {
        return new ScuOptions(host, port, calledAe, callingAe, 16 << 10, Duration.ofSeconds(10), Duration.ofSeconds(60));
    }
}
