package io.hilum.quickstart.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * The ports of one installation on 127.0.0.1.
 *
 * @param broker Kafka
 * @param postgres PostgreSQL
 * @param dicom DICOM upper layer
 * @param ingest dicom-ingest's HTTP
 * @param processor stream-processor's HTTP
 * @param sink results-sink's HTTP: the worklist page
 */
public record Ports(int broker, int postgres, int dicom, int ingest, int processor, int sink) {

    /** The usual ports; each one that is taken gives way to a free one. */
    public static Ports usualOrFree() {
        return new Ports(orFree(9092), orFree(5433), orFree(11112), orFree(8081), orFree(8082), orFree(8080));
    }

    /** Free ports for all, for tests that run beside each other. */
    public static Ports free() {
        return new Ports(orFree(0), orFree(0), orFree(0), orFree(0), orFree(0), orFree(0));
    }

    /** These ports, but the door's and the page's as a person configured them; null leaves one as it is. */
    public Ports with(Integer configuredDicom, Integer configuredPage) {
        return new Ports(
                broker, postgres, configuredDicom == null ? dicom : configuredDicom, ingest, processor,
                configuredPage == null ? sink : configuredPage);
    }

    private static int orFree(int wanted) {
        return open(wanted) ? wanted : anyFree();
    }

    private static boolean open(int port) {
        if (port == 0) {
            return false;
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    private static int anyFree() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException("No free port on 127.0.0.1", none);
        }
    }
}
