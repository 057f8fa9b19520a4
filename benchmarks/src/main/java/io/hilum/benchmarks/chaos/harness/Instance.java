package io.hilum.benchmarks.chaos.harness;

import io.hilum.benchmarks.chaos.instance.InstanceMain;
import io.hilum.benchmarks.chaos.instance.InstanceSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An instance of the stream in a process that can be killed, stopped and started again. What it logs goes to
 * {@code ID.log} in the run's folder.
 *
 * <p>Threading: guarded by its monitor, as the run breaks it and the fleet restarts it; the getters are free.
 */
final class Instance {

    private static final long STOP_SECONDS = 45;

    private final String id;
    private final Path folder;
    private final boolean large;
    private Process process;
    private volatile boolean wanted;
    private volatile String state = "";
    private volatile int failures;

    /** @param large whether it holds a real model */
    Instance(String id, InstanceSettings settings, Path folder, boolean large) throws IOException {
        this.id = id;
        this.folder = folder;
        this.large = large;
        settings.write(settingsFile());
    }

    String id() {
        return id;
    }

    /** Whether it shall be there. */
    boolean isWanted() {
        return wanted;
    }

    synchronized boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** Whether its stream has its tasks. */
    boolean isRunning() {
        return isAlive() && state.equals("RUNNING");
    }

    synchronized long pid() {
        return process == null ? -1 : process.pid();
    }

    synchronized int exitValue() {
        return process.exitValue();
    }

    synchronized void start() {
        wanted = true;
        if (process != null && process.isAlive()) {
            return;
        }
        String heap = large ? "768m" : "128m";
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms" + heap, "-Xmx" + heap, "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                "-Dorg.jboss.logging.provider=slf4j", "-Dorg.slf4j.simpleLogger.defaultLogLevel=info",
                "-Dorg.slf4j.simpleLogger.showDateTime=true", "-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS",
                "-Dorg.slf4j.simpleLogger.showThreadName=true", "-Dlog4j2.StatusLogger.level=OFF",
                InstanceMain.class.getName(), settingsFile().toString()))
                .redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve(id + ".log").toFile()));
        // Not on the command line: ONNX Runtime does not stand long ones.
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        try {
            state = "";
            process = builder.start();
        } catch (IOException failed) {
            throw new UncheckedIOException("An instance cannot be started.", failed);
        }
        Process started = process;
        Thread listener = new Thread(() -> listen(started), id + "-listener");
        listener.setDaemon(true);
        listener.start();
    }

    /** SIGKILL; returns when the process is gone. It comes back with {@link #start}. */
    synchronized void kill() throws InterruptedException {
        wanted = false;
        process.destroyForcibly();
        awaitEnd();
    }

    /** SIGTERM; returns when the process is gone. */
    synchronized void stop() throws InterruptedException {
        wanted = false;
        process.destroy();
        awaitEnd();
    }

    /** Stops it for good, so that the group need not wait for it. */
    synchronized void leave() throws InterruptedException {
        wanted = false;
        tell("leave");
        awaitEnd();
    }

    /** SIGSTOP: it stands still, with all that it has in hand, until {@link #thaw}. */
    void freeze() throws InterruptedException {
        signal("-STOP");
    }

    /** SIGCONT. */
    void thaw() throws InterruptedException {
        signal("-CONT");
    }

    /** How often its engine failed because it was told to. */
    int failures() {
        return failures;
    }

    /** Its engine fails at its next call, and for so long after. */
    synchronized void breakEngine(long millis) {
        tell("off " + millis);
    }

    private void signal(String signal) throws InterruptedException {
        try {
            new ProcessBuilder("kill", signal, Long.toString(pid())).start().waitFor();
        } catch (IOException failed) {
            throw new UncheckedIOException("There is no command kill to freeze an instance with.", failed);
        }
    }

    private void tell(String command) {
        try {
            process.getOutputStream().write((command + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException gone) {
            // It has just ended by itself: the fleet sees that, too.
            state = "";
        }
    }

    private void awaitEnd() throws InterruptedException {
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            process.waitFor();
            throw new IllegalStateException(id + " did not stop within " + STOP_SECONDS + " s and was killed.");
        }
    }

    private void listen(Process started) {
        try (BufferedReader out = new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith("STATE ") && started.isAlive()) {
                    state = line.substring("STATE ".length());
                } else if (line.equals("FAILED")) {
                    failures++;
                }
            }
        } catch (IOException killed) {
            // What it said last is lost with it.
            return;
        }
    }

    private Path settingsFile() {
        return folder.resolve(id + ".properties");
    }
}
