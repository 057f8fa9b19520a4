package io.hilum.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A port of 127.0.0.1 that nobody listens on at this moment. */
public final class FreePort {

    private FreePort() {}

    /**
     * Asks the kernel for a free port. Another process may take it before the caller binds it: bind soon,
     * and report a failed bind with the port's number.
     */
    public static int pick() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException("No free port on 127.0.0.1. Are all of them in use?", none);
        }
    }

    /** The port itself, or a free one where it is 0. */
    static int orFree(int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("Port " + port + " is not between 0 and 65535 (0 picks a free one).");
        }
        return port == 0 ? pick() : port;
    }
}
