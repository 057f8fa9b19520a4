package io.hilum.inference.tensorrt;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Runs a program to its end and keeps what it says.
 *
 * <p>Threading: the caller waits; a thread of its own reads the output and calls the consumer. The program's standard
 * input stays open as long as this process lives, so that the program can end itself when this process is gone.
 */
final class ChildProcess {

    /** A program that writes no line ends must not fill the memory. */
    private static final int LONGEST_LINE = 4096;
    /** How long the output of a program that has ended is awaited: a grandchild may keep it open. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(10);

    private final Process process;
    private final Thread reader;

    private ChildProcess(Process process, BufferedWriter log, Consumer<String> lines) {
        this.process = process;
        this.reader = new Thread(() -> read(log, lines), "hilum-child-output");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * @param log gets all output
     * @param lines gets each line as it comes; must not throw
     * @return the exit status; 128 + signal when it was killed
     * @throws TimeoutException when it took too long; it is killed
     * @throws InterruptedException when this thread is to stop; it is killed
     */
    static int run(List<String> command, Path log, Consumer<String> lines, Duration timeout)
            throws IOException, InterruptedException, TimeoutException {
        try (BufferedWriter writer = Files.newBufferedWriter(log)) {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            ChildProcess child = new ChildProcess(process, writer, lines);
            try {
                if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new TimeoutException();
                }
                return process.exitValue();
            } finally {
                child.end();
            }
        }
    }

    private void end() throws InterruptedException {
        process.destroyForcibly();
        try {
            reader.join(LAST_WORDS.toMillis());
        } finally {
            if (reader.isAlive()) {
                reader.interrupt();
            }
        }
    }

    private void read(BufferedWriter log, Consumer<String> lines) {
        StringBuilder line = new StringBuilder();
        try (Reader output = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)) {
            for (int read = output.read(); read >= 0; read = output.read()) {
                if (read != '\n') {
                    line.append((char) read);
                }
                if (read == '\n' || line.length() == LONGEST_LINE) {
                    pass(line, log, lines);
                }
            }
            if (line.length() > 0) {
                pass(line, log, lines);
            }
        } catch (IOException closed) {
            // The program was killed, or the log is full: what matters is how it ended.
        }
    }

    private static void pass(StringBuilder line, BufferedWriter log, Consumer<String> lines) throws IOException {
        log.write(line.toString());
        log.newLine();
        log.flush();
        lines.accept(line.toString());
        line.setLength(0);
    }
}
