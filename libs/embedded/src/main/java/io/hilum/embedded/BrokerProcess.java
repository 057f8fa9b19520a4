package io.hilum.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A broker in a child process that can be killed and started again on the same directory and port.
 *
 * <p>The child ends with this process, even when this one is killed. What it writes on standard error
 * goes to {@code broker.log} in its directory.
 *
 * <p>Threading: one thread starts, kills and closes; the getters are free.
 */
public final class BrokerProcess implements AutoCloseable {

    private static final long STOP_SECONDS = 30;

    private final Path directory;
    private final int port;
    private final List<String> node;
    private Process process;

    private BrokerProcess(Path directory, int port, List<String> node) {
        this.directory = directory.toAbsolutePath();
        this.port = port;
        this.node = node;
    }

    /** Starts on a free port, which it keeps over restarts. */
    public static BrokerProcess start(Path directory) {
        return start(directory, 0);
    }

    /**
     * Starts a broker and returns once clients may come.
     *
     * @param port the port on 127.0.0.1, 0 for a free one; kept over {@link #restart}
     * @throws IllegalStateException with what the broker wrote, if it does not come up
     */
    public static BrokerProcess start(Path directory, int port) {
        BrokerProcess broker = new BrokerProcess(directory, FreePort.orFree(port), List.of());
        broker.launch();
        return broker;
    }

    /** One of several, not started yet: {@link #restart} starts it, and returns once the cluster has a majority. */
    static BrokerProcess of(Path directory, int port, ClusterNode node) {
        return new BrokerProcess(directory, port, List.of("--node", node.argument()));
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    Process process() {
        return process;
    }

    /** SIGKILL: no clean-up of any kind; returns when the process is gone. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Starts again on the same directory and port; only after {@link #kill} or {@link #stop}. */
    public void restart() {
        if (isAlive()) {
            throw new IllegalStateException("The broker " + process.pid() + " still runs: kill() or stop() it first.");
        }
        launch();
    }

    /** SIGTERM, and SIGKILL where that does not help within 30 s. */
    public void stop() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stop) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return;
        }
        awaitEnd();
    }

    @Override
    public void close() {
        stop();
    }

    private void launch() {
        Path log = directory.resolve("broker.log");
        try {
            Files.createDirectories(directory);
            process = new ProcessBuilder(command())
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            String line = out.readLine();
            while (line != null && !line.startsWith(BrokerMain.READY)) {
                line = out.readLine();
            }
            if (line == null) {
                awaitEnd();
                throw new IllegalStateException("The Kafka broker ended before it was ready. It wrote in " + log
                        + ": " + Files.readString(log).strip());
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("The Kafka broker's process cannot be started in " + directory + ".", failed);
        }
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:MaxDirectMemorySize=256m",
                // The class path may hold no logging; its absence is no news.
                "-Dslf4j.internal.verbosity=ERROR", "-Dlog4j2.StatusLogger.level=OFF",
                "-cp", System.getProperty("java.class.path"),
                BrokerMain.class.getName(),
                "--dir", directory.toString(), "--port", Integer.toString(port), "--child"));
        command.addAll(node);
        return command;
    }

    private void awaitEnd() {
        boolean interrupted = false;
        while (true) {
            try {
                process.waitFor();
                break;
            } catch (InterruptedException stop) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
