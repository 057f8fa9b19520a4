package io.hilum.benchmarks.chaos.harness;

import io.hilum.benchmarks.chaos.check.Records;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One JSON object a line, in the order written. Free to share. */
final class JsonLines implements AutoCloseable {

    private final BufferedWriter out;

    JsonLines(Path file) throws IOException {
        out = Files.newBufferedWriter(file);
    }

    void write(Object record) {
        writeLine(Records.line(record));
    }

    synchronized void writeLine(String line) {
        try {
            out.write(line);
            out.newLine();
        } catch (IOException full) {
            throw new UncheckedIOException("The run's folder cannot be written.", full);
        }
    }

    synchronized void flush() throws IOException {
        out.flush();
    }

    @Override
    public synchronized void close() throws IOException {
        out.close();
    }
}
