package io.hilum.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.utils.Exit;

/**
 * A broker as a process of its own: {@code java ... io.hilum.embedded.BrokerMain --dir DIR [--port PORT] [--node NODE]
 * [--child]}. With a {@link ClusterNode} it is one of several.
 *
 * <p>Prints one line {@code READY 127.0.0.1:PORT} when clients may come, stops cleanly on SIGTERM, and with
 * {@code --child} also when its standard input ends, so that it never outlives a starter that was killed.
 * Exit status: 0 after a clean stop, 1 when it could not start, 2 for wrong arguments.
 */
public final class BrokerMain {

    static final String READY = "READY ";

    private BrokerMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        Path directory = null;
        int port = 0;
        ClusterNode node = null;
        boolean child = false;
        try {
            for (int i = 0; i < arguments.length; i++) {
                switch (arguments[i]) {
                    case "--dir" -> directory = Path.of(arguments[++i]);
                    case "--port" -> port = Integer.parseInt(arguments[++i]);
                    case "--node" -> node = ClusterNode.parse(arguments[++i]);
                    case "--child" -> child = true;
                    default -> throw new IllegalArgumentException("unknown argument " + arguments[i]);
                }
            }
            if (directory == null) {
                throw new IllegalArgumentException("--dir is missing");
            }
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException wrong) {
            System.err.println("Usage: BrokerMain --dir DIR [--port PORT] [--node NODE] [--child] (" + wrong.getMessage() + ")");
            System.exit(2);
        }
        // Standard output is for the one line: a starter that reads no further must not block a logging broker.
        PrintStream answer = System.out;
        System.setOut(System.err);
        try {
            EmbeddedBroker broker = EmbeddedBroker.launch(directory, port, node == null ? ClusterNode.alone() : node, Map.of());
            Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "broker-stop"));
            if (child) {
                stopWhenInputEnds();
            }
            answer.println(READY + broker.bootstrapServers());
            answer.flush();
            broker.awaitShutdown();
        } catch (IllegalStateException failed) {
            System.err.println(failed.getMessage());
            Exit.halt(1);
        }
    }

    private static void stopWhenInputEnds() {
        Thread watch = new Thread(() -> {
            try {
                System.in.transferTo(OutputStream.nullOutputStream());
            } catch (IOException ended) {
                // The same as its end: whoever started this process is gone.
            }
            System.exit(0);
        }, "starter-watch");
        watch.setDaemon(true);
        watch.start();
    }
}
