package io.hilum.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** A port of 127.0.0.1 that nobody listens on at this moment. */
public final class FreePort {

    private static final int FIRST = 10_000;
    private static final int USUAL = 32_768;
    private static final Path CONNECTIONS = Path.of("/proc/sys/net/ipv4/ip_local_port_range");

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

    /**
     * Free ports that stay free while nobody listens on them, all different: below the range from which the kernel takes
     * ports of connections. A client that keeps knocking at a port of that range, behind which a server was just
     * killed, would in the end be connected to itself.
     */
    public static List<Integer> lasting(int count) {
        int connections = firstOfConnections();
        int end = connections < FIRST + 1000 ? USUAL : connections;
        Random random = new Random();
        Set<Integer> ports = new LinkedHashSet<>();
        for (int attempt = 0; ports.size() < count; attempt++) {
            if (attempt > 1000) {
                throw new IllegalStateException("No " + count + " free ports between " + FIRST + " and " + end + " on 127.0.0.1.");
            }
            int port = FIRST + random.nextInt(end - FIRST);
            if (isFree(port)) {
                ports.add(port);
            }
        }
        return List.copyOf(ports);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    private static int firstOfConnections() {
        try {
            // By lines, in one read: such a file has no size, and some kernels give it only whole.
            return Integer.parseInt(Files.readAllLines(CONNECTIONS).get(0).strip().split("\\s+")[0]);
        } catch (IOException notLinux) {
            return USUAL;
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
