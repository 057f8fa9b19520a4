package io.hilum.benchmarks.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hilum.benchmarks.train.Side.Work;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * The peer: {@code benchmarks/python/eva_x_peer.py} as a child process. A line to it starts a round, a line of JSON
 * from it ends the round. One thread.
 */
final class PythonSide implements Side, AutoCloseable {
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
    PythonSide(List<String> command, int threads) throws IOException {
        complaints = Files.createTempFile("hilum-peer-", ".log");
        var builder = new ProcessBuilder(command).redirectError(complaints.toFile());
        // Debian's PyTorch multiplies with OpenBLAS, which has threads of its own and does not hear set_num_threads.
        builder.environment().put("OPENBLAS_NUM_THREADS", Integer.toString(threads));
        builder.environment().put("OMP_NUM_THREADS", Integer.toString(threads));
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
    String version() {
        return version;
    }

    @Override
    public Check check() throws IOException {
        JsonNode answer = ask("check");
        return new Check(doubles(answer.path("logits")), doubles(answer.path("losses")));
    }

    @Override
    public Round round(Work work, int batch, int calls) throws IOException {
        JsonNode answer = ask("%s %d %d".formatted(work.name().toLowerCase(Locale.ROOT), batch, calls));
        return new Round(batch * calls, answer.path("seconds").asDouble(), answer.path("cpu_seconds").asDouble());
    }

    private JsonNode ask(String line) throws IOException {
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

    private static List<Double> doubles(JsonNode array) {
        List<Double> out = new ArrayList<>();
        array.forEach(value -> out.add(value.asDouble()));
        return out;
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
