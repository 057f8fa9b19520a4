package io.hilum.benchmarks.peer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * {@code benchmarks/python/eva_x_peer.py} as a child process: a line to it starts a round, a line of JSON from it ends the
 * round. Between rounds it waits without using the processor. One thread.
 */
public final class PythonPeer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final BufferedWriter to;
    private final BufferedReader from;
    private final Path complaints;
    private final String version;

    /**
     * Starts it and waits until it is ready.
     *
     * @param command the interpreter, the script and what the script takes
     * @param threads of one operation
     */
    public PythonPeer(List<String> command, int threads) throws IOException {
        complaints = Files.createTempFile("hilum-peer-", ".log");
        var builder = new ProcessBuilder(command).redirectError(complaints.toFile());
        // Debian's PyTorch multiplies with OpenBLAS, which has threads of its own and does not hear set_num_threads.
        builder.environment().put("OPENBLAS_NUM_THREADS", Integer.toString(threads));
        builder.environment().put("OMP_NUM_THREADS", Integer.toString(threads));
        Machine.openBlasCore().ifPresent(core -> builder.environment().putIfAbsent("OPENBLAS_CORETYPE", core));
        // As Hilum's launcher has it for Java. Without it PyTorch's waiting threads and OpenBLAS's take each other's cores: with two
        // threads on two cores that a few other processes used, it needed two to three times the processor time.
        builder.environment().put("OMP_WAIT_POLICY", "PASSIVE");
        process = builder.start();
        to = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        from = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        JsonNode ready = answer();
        version = ready.path("ready").asText();
        if (ready.path("threads").asInt() != threads) {
            throw new IOException("The peer runs with %s threads and was asked for %d.".formatted(ready.path("threads"), threads));
        }
    }

    /** Of its PyTorch. */
    public String version() {
        return version;
    }

    /** Sends a line and waits for its answer. */
    public JsonNode ask(String line) throws IOException {
        try {
            to.write(line + "\n");
            to.flush();
        } catch (IOException e) {
            throw new IOException("The peer is gone: " + lastComplaints(), e);
        }
        return answer();
    }

    private JsonNode answer() throws IOException {
        String line = from.readLine();
        if (line == null) {
            throw new IOException("The peer stopped without an answer: " + lastComplaints());
        }
        return JSON.readTree(line);
    }

    private String lastComplaints() throws IOException {
        List<String> lines = Files.readAllLines(complaints);
        return lines.isEmpty() ? "it said nothing" : String.join(" | ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
    }

    @Override
    public void close() throws IOException {
        // End of input ends it.
        to.close();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(complaints);
    }
}
