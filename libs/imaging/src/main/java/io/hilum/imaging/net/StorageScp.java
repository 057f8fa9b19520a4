package io.hilum.imaging.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A DICOM storage server: answers C-ECHO and hands each C-STORE to a {@link StoreHandler}.
 *
 * <pre>
 * try (StorageScp scp = StorageScp.start(AcceptorOptions.onPort(11112, "HILUM"), handler, AssociationListener.SILENT)) {
 *     ...
 * }
 * </pre>
 *
 * <p>Threading: one thread listens, and each association has a thread of its own, {@code maxAssociations} at most.
 * A sender beyond that is told "local limit exceeded" by one of a few extra threads; where even these are busy the
 * socket is closed.
 */
public final class StorageScp implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(StorageScp.class.getName());
    private static final int BACKLOG = 256;
    private static final int REJECTING_THREADS = 16;
    private static final long GRACE_NANOS = 5_000_000_000L;
    private static final AtomicInteger SERIAL = new AtomicInteger();

    private final AcceptorOptions options;
    private final StoreHandler handler;
    private final AssociationListener listener;
    private final ServerSocket server;
    private final ThreadFactory threads;
    private final Semaphore slots;
    private final Semaphore rejecting = new Semaphore(REJECTING_THREADS);
    private final Set<AssociationHandler> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private StorageScp(AcceptorOptions options, StoreHandler handler, AssociationListener listener, ServerSocket server,
            ThreadFactory threads) {
        this.threads = threads;
        this.options = options;
        this.handler = handler;
        this.listener = listener;
        this.server = server;
        this.slots = new Semaphore(options.maxAssociations());
    }

    /**
     * Listens from now on.
     *
     * @throws IOException with a sentence when the port cannot be had
     */
    public static StorageScp start(AcceptorOptions options, StoreHandler handler, AssociationListener listener)
            throws IOException {
        return start(options, handler, listener, Thread::new);
    }

    /** @param threads makes the associations' threads: what it throws must not end the server */
    static StorageScp start(AcceptorOptions options, StoreHandler handler, AssociationListener listener,
            ThreadFactory threads) throws IOException {
        ServerSocket server = new ServerSocket();
        server.setReuseAddress(true);
        try {
            server.bind(new InetSocketAddress(options.address(), options.port()), BACKLOG);
        } catch (IOException taken) {
            server.close();
            throw new IOException("Cannot listen for DICOM on port " + options.port() + ": " + taken.getMessage()
                    + ". Stop what uses the port, or configure another.", taken);
        }
        StorageScp scp = new StorageScp(options, handler, listener, server, threads);
        Thread thread = new Thread(scp::listen, "dicom-listener-" + server.getLocalPort());
        thread.setDaemon(true);
        thread.start();
        return scp;
    }

    /** The TCP port, also where a free one was asked for. */
    public int port() {
        return server.getLocalPort();
    }

    /** Associations open now. */
    public int openAssociations() {
        return options.maxAssociations() - slots.availablePermits();
    }

    private void listen() {
        while (!closed) {
            try {
                Socket socket = server.accept();
                if (!serve(socket, slots, null) && !serve(socket, rejecting, RejectReason.LOCAL_LIMIT_EXCEEDED)) {
                    socket.close();
                }
            } catch (IOException | RuntimeException | Error failed) {
                // Also an Error: a machine that is short of threads or memory for a moment must not lose its door.
                if (!closed) {
                    LOG.log(System.Logger.Level.WARNING, "Accepting a DICOM connection failed: {0}", failed.getMessage());
                    pause(100);
                }
            }
        }
    }

    /** Out of file descriptors, accept fails at once and again: a short pause keeps it from spinning. */
    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean serve(Socket socket, Semaphore permits, RejectReason rejectWith) {
        if (!permits.tryAcquire()) {
            return false;
        }
        AssociationHandler association = new AssociationHandler(socket, options, handler, listener, rejectWith);
        open.add(association);
        boolean started = false;
        try {
            Thread thread = threads.newThread(() -> {
                try {
                    association.run();
                } finally {
                    open.remove(association);
                    permits.release();
                }
            });
            thread.setName("dicom-association-" + SERIAL.incrementAndGet());
            thread.setDaemon(true);
            thread.start();
            started = true;
        } finally {
            if (!started) {
                open.remove(association);
                permits.release();
                association.cut();
            }
        }
        return true;
    }

    /**
     * Stops listening and ends what is open. An object whose data arrive is still taken and answered, for five seconds
     * at most: one without an answer is sent again by its sender.
     */
    @Override
    public void close() {
        closed = true;
        try {
            server.close();
        } catch (IOException ignored) {
            // It listens no longer, which is what was wanted.
        }
        open.forEach(AssociationHandler::stop);
        long deadline = System.nanoTime() + GRACE_NANOS;
        while (!open.isEmpty() && System.nanoTime() < deadline) {
            pause(20);
        }
        open.forEach(AssociationHandler::cut);
    }
}
