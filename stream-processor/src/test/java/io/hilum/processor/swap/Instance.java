package io.hilum.processor.swap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** {@link SwapMain} in a child JVM; its output goes to a file. Owned by one thread. */
final class Instance implements AutoCloseable {

    private final ProcessBuilder command;
    private final Path log;
    private Process process;

    /** @param refuses a version that it does not load, or - */
    Instance(String bootstrap, Path directory, String name, String refuses) {
        Path own = directory.resolve(name);
        log = own.resolve("stream.log");
        try {
            Files.createDirectories(own);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx160m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                "-cp", System.getProperty("java.class.path"), SwapMain.class.getName(), bootstrap, own.toString(), name, refuses)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    }

    void start() {
        try {
            process = command.start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** SIGKILL; returns when the process is gone. */
    void kill() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the instance's process cannot be killed");
            }
        } catch (InterruptedException stopping) {
            throw new IllegalStateException(stopping);
        }
    }

    /** What it wrote last. */
    String lastWords() throws IOException {
        String all = Files.exists(log) ? Files.readString(log) : "nothing";
        return log + System.lineSeparator() + all.substring(Math.max(0, all.length() - 4000));
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
    }
}
