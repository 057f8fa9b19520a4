package io.hilum.imaging.net;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import jdk.net.ExtendedSocketOptions;

/**
 * Buffered bytes of a socket under two clocks: the longest silence between two reads, and an optional deadline for
 * everything (the ARTIM timer, a whole message), which a peer that drips one byte now and then cannot stretch.
 *
 * <p>Threading: one reader.
 */
final class SocketInput {

    private static final int BUFFER = 64 << 10;

    /**
     * Clients that leave Nagle's algorithm on (dcmtk's by default) hold back the second small write of a message until
     * we acknowledge the first, which TCP delays by 40 ms. Linux lets a receiver acknowledge at once.
     */
    private static final boolean QUICK_ACK;

    static {
        boolean supported = false;
        try (Socket probe = new Socket()) {
            supported = probe.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK);
        } catch (IOException none) {
            // Then it is only slower.
        }
        QUICK_ACK = supported;
    }

    private final Socket socket;
    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int limit;
    private Duration silence = Duration.ZERO;
    private long deadline;

    SocketInput(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
    }

    /** Longest wait for the next byte; zero waits for ever. */
    void silence(Duration longest) {
        silence = longest;
    }

    /** Everything up to {@link #noDeadline()} must arrive within this time. */
    void deadline(Duration within) {
        deadline = System.nanoTime() + within.toNanos();
        if (deadline == 0) {
            deadline = 1;
        }
    }

    void noDeadline() {
        deadline = 0;
    }

    int read() throws IOException {
        if (position == limit) {
            limit = fill(buffer, 0, BUFFER);
            position = 0;
        }
        return buffer[position++] & 0xFF;
    }

    /** Reads at least one byte; never returns -1: an end of stream is an exception. */
    int read(byte[] target, int offset, int length) throws IOException {
        if (position < limit) {
            int count = Math.min(length, limit - position);
            System.arraycopy(buffer, position, target, offset, count);
            position += count;
            return count;
        }
        if (length >= BUFFER) {
            return fill(target, offset, length);
        }
        limit = fill(buffer, 0, BUFFER);
        position = 0;
        return read(target, offset, length);
    }

    private int fill(byte[] target, int offset, int length) throws IOException {
        socket.setSoTimeout(timeoutMillis());
        if (QUICK_ACK) {
            // The kernel forgets it again by itself, so it is said before every wait.
            socket.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
        }
        try {
            int count = in.read(target, offset, length);
            if (count < 0) {
                throw new EOFException();
            }
            return count;
        } catch (SocketTimeoutException silent) {
            throw timedOut();
        }
    }

    private int timeoutMillis() throws AssociationException {
        long millis = silence.toMillis();
        if (deadline != 0) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssociationException(AssociationException.Cause.TIMED_OUT, AbortReason.NOT_SPECIFIED,
                        "The peer took longer than it is given.");
            }
            millis = millis == 0 ? left : Math.min(left, millis);
        }
        return (int) Math.min(millis, Integer.MAX_VALUE);
    }

    private static AssociationException timedOut() {
        return new AssociationException(AssociationException.Cause.TIMED_OUT, AbortReason.NOT_SPECIFIED,
                "The peer was silent for longer than the time-out.");
    }
}
