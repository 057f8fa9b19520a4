package io.hilum.quickstart.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One process of the house: started with a log file of its own, stopped with SIGTERM first.
 *
 * <p>A terminal sends Ctrl-C to every process of its group. The children ignore it, so that the parent
 * can stop them in the right order: a service before the broker that it has to say goodbye to.
 *
 * <p>Threading: owned by the thread that starts the house; {@link #close()} may come from the shutdown hook.
 */
public final class ChildProcess implements AutoCloseable {

    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final int TAIL_LINES = 25;

    private final String name;
    private final Path log;
    private final Path pidFile;
    private final Process process;

    private ChildProcess(String name, Path log, Path pidFile, Process process) {
        this.name = name;
        this.log = log;
        this.pidFile = pidFile;
        this.process = process;
    }

    /**
     * @param command program and arguments
     * @param environment added to this process's own
     * @param data whose {@code log/NAME.log} and {@code run/NAME.pid} are written; the last log is kept as {@code .1}
     */
    public static ChildProcess start(String name, List<String> command, Map<String, String> environment, DataDirectory data)
            throws IOException {
        Path log = data.log(name);
        if (Files.exists(log)) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
        List<String> shielded = new ArrayList<>(List.of("sh", "-c", "trap '' INT; exec \"$@\"", name));
        shielded.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(shielded)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        Path pidFile = data.pidFile(name);
        Files.writeString(pidFile, Long.toString(process.pid()));
        return new ChildProcess(name, log, pidFile, process);
    }

    public String name() {
        return name;
    }

    public Path log() {
        return log;
    }

    public long pid() {
        return process.pid();
    }

    public boolean alive() {
        return process.isAlive();
    }

    /** @throws IllegalStateException with the end of its log when the process has ended */
    public void requireAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException("%s ended with status %d. The end of its log (%s):%n%s"
                    .formatted(name, process.exitValue(), log, tail()));
        }
    }

    public String tail() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join(System.lineSeparator(), lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
        } catch (IOException unreadable) {
            return "(the log cannot be read: " + unreadable.getMessage() + ")";
        }
    }

    /** SIGTERM, without waiting. */
    void askToStop() {
        process.destroy();
    }

    /** SIGKILL, as the out-of-memory killer sends it. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public String toString() {
        return name;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            Files.deleteIfExists(pidFile);
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IOException leftover) {
            // A stale pid file is looked at again on the next start.
        }
    }
}
