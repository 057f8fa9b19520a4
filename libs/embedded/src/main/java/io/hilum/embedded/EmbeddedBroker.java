package io.hilum.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A real Kafka broker (KRaft, one node) inside this JVM, on 127.0.0.1.
 *
 * <p>The data directory outlives it: start another one on the same directory and everything is there,
 * also after the process was killed. One directory carries one broker at a time; Kafka's own lock file
 * refuses the second. It has one copy of everything and leaves flushing to the kernel, so that a power
 * cut (not a kill) may cost the last seconds: the object store is the source of truth, and
 * {@code ./hilum reconcile} republishes from there.
 *
 * <p>Kafka ends the JVM on a fatal fault. Here a fault ends only the broker: it is kept in
 * {@link #fault()} and thrown into the broker's thread. That switch is one for the whole JVM; a process
 * that <em>is</em> a broker uses {@link BrokerMain} instead.
 *
 * <p>Threading: {@link #start} and {@link #close} block, from any one thread; the getters are free.
 */
public final class EmbeddedBroker implements AutoCloseable {

    private static final AtomicReference<String> FAULT = new AtomicReference<>();

    private final KafkaRaftServer server;
    private final int port;
    private boolean closed;

    private EmbeddedBroker(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /** Starts on a free port. See {@link #start(Path, int)}. */
    public static EmbeddedBroker start(Path directory) {
        return start(directory, 0);
    }

    /**
     * Formats the directory if it is new, starts the broker and returns once clients may come.
     *
     * @param directory where everything is kept; made if missing
     * @param port the port on 127.0.0.1, 0 for a free one
     * @throws IllegalStateException with the cause, if the broker does not come up (port or directory in use,
     *     disk full)
     */
    public static EmbeddedBroker start(Path directory, int port) {
        return start(directory, port, Map.of());
    }

    /**
     * As {@link #start(Path, int)}, with broker settings beside ours or instead of them: a test of access rights
     * makes the listener {@code PLAINTEXT} ask for a password.
     */
    public static EmbeddedBroker start(Path directory, int port, Map<String, String> settings) {
        FAULT.set(null);
        Exit.setExitProcedure(EmbeddedBroker::record);
        Exit.setHaltProcedure(EmbeddedBroker::record);
        return launch(directory, port, ClusterNode.alone(), settings);
    }

    /** As {@link #start}, but leaves a fatal fault to Kafka, which ends the process. */
    static EmbeddedBroker launch(Path directory, int port, ClusterNode node, Map<String, String> changed) {
        int clients = FreePort.orFree(port);
        Path logs = directory.toAbsolutePath().resolve("kafka");
        KafkaRaftServer server = null;
        try {
            format(logs, node);
            Map<String, String> settings = BrokerSettings.of(logs, clients, node);
            settings.putAll(changed);
            server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
            server.startup();
            return new EmbeddedBroker(server, clients);
        } catch (Exception | Error failed) {
            if (server != null) {
                server.shutdown();
            }
            throw new IllegalStateException("The Kafka broker did not start on 127.0.0.1:" + clients + " with " + logs
                    + ": " + reason(failed) + ". Is another broker using the port or the directory?", failed);
        }
    }

    /** Host and port for {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    /** The last fatal fault of a broker in this JVM as a sentence, or null while all is well. */
    public String fault() {
        return FAULT.get();
    }

    /** Stops cleanly; returns when files are closed and the port is free. A second call does nothing. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            server.shutdown();
            server.awaitShutdown();
        }
    }

    void awaitShutdown() {
        server.awaitShutdown();
    }

    /** Kafka wraps "Address already in use" in sentences that do not say so. */
    private static String reason(Throwable failed) {
        StringBuilder sentence = new StringBuilder(String.valueOf(failed.getMessage()));
        for (Throwable cause = failed.getCause(); cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null && sentence.indexOf(cause.getMessage()) < 0) {
                sentence.append(" <- ").append(cause.getMessage());
            }
        }
        return sentence.toString();
    }

    private static void format(Path logs, ClusterNode node) throws Exception {
        if (Files.exists(logs.resolve("meta.properties"))) {
            return;
        }
        try {
            Files.createDirectories(logs);
        } catch (IOException denied) {
            throw new IOException("cannot make the directory " + logs + " (" + denied.getMessage() + ")", denied);
        }
        new Formatter()
                .setNodeId(node.id())
                .setClusterId(node.clusterId())
                .setDirectories(java.util.List.of(logs.toString()))
                .setMetadataLogDirectory(logs.toString())
                .setControllerListenerName(BrokerSettings.CONTROLLER)
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                .run();
    }

    /** Throws, because Kafka's callers rely on exit() not returning. */
    private static void record(int status, String message) {
        String fault = "The embedded Kafka broker gave up with status " + status
                + (message == null ? "." : ": " + message);
        FAULT.set(fault);
        throw new IllegalStateException(fault);
    }
}
