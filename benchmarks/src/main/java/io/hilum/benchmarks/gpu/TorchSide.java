package io.hilum.benchmarks.gpu;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The peer: {@code benchmarks/gpu/eva_x_cuda.py}, one child process a job, killed when the time is over. */
final class TorchSide implements GpuSide {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> command;
    private final List<String> options;
    private final Map<String, String> versions = new LinkedHashMap<>();

    /**
     * @param command the interpreter and the script
     * @param options of the script for all jobs, such as {@code --device cpu}
     */
    TorchSide(List<String> command, List<String> options) {
        this.command = List.copyOf(command);
        this.options = List.copyOf(options);
    }

    @Override
    public Map<String, String> versions() {
        return Map.copyOf(versions);
    }

    @Override
    public Measured measure(Job job, Deadline deadline) throws IOException {
        job.model().weights();
        List<String> call = new ArrayList<>(command);
        call.addAll(List.of(job.model().folder().toString(), "--precision", job.precision().id(),
            "--batches", String.join(",", job.batches().stream().map(String::valueOf).toList())));
        if (job.maps() > 0) {
            call.add("--maps");
        }
        call.addAll(options);
        Path complaints = Files.createTempFile("hilum-peer-", ".log");
        Process process = null;
        try {
            process = Outside.process(call).redirectError(complaints.toFile()).start();
            process.getOutputStream().close();
            Process watched = process;
            CompletableFuture<?> guard = CompletableFuture.runAsync(watched::destroyForcibly,
                CompletableFuture.delayedExecutor((long) Math.max(0, 1000 * deadline.left()), TimeUnit.MILLISECONDS));
            Measured measured = read(process, complaints, deadline);
            guard.cancel(false);
            return measured;
        } finally {
            if (process != null) {
                process.destroyForcibly();
            }
            Files.deleteIfExists(complaints);
        }
    }

    private Measured read(Process process, Path complaints, Deadline deadline) throws IOException {
        Computed computed = null;
        List<Speed> speeds = new ArrayList<>();
        List<String> remarks = new ArrayList<>();
        boolean failed = false;
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                // Compilers write to standard output, too.
                if (!line.startsWith("{\"kind\"")) {
                    continue;
                }
                JsonNode node = JSON.readTree(line);
                switch (node.path("kind").asText()) {
                    case "about" -> about(node, remarks);
                    case "computed" -> computed = new Computed(JSON.convertValue(node.get("logits"), float[][].class),
                        JSON.convertValue(node.get("raw"), float[][][].class));
                    case "speed" -> speeds.add(new Speed(node.path("batch").asInt(), node.path("images_per_s").asDouble(),
                        node.path("p50_ms").asDouble(), node.path("p99_ms").asDouble()));
                    case "remark" -> remarks.add(node.path("sentence").asText());
                    case "failed" -> {
                        remarks.add(node.path("sentence").asText());
                        failed = true;
                    }
                    default -> throw new IOException("The peer says '" + node.path("kind").asText() + "', which nobody knows.");
                }
            }
        } catch (IOException broken) {
            // A killed process ends its lines in the middle.
            if (!deadline.over()) {
                throw broken;
            }
        }
        if (deadline.over()) {
            remarks.add("The time was over before PyTorch was done.");
        } else if (!failed && !endedWell(process)) {
            remarks.add("PyTorch stopped: " + lastComplaints(complaints));
        }
        if (computed == null) {
            throw new IOException(remarks.isEmpty() ? "PyTorch gave nothing." : remarks.get(remarks.size() - 1));
        }
        return new Measured(computed, speeds, Map.of(), remarks);
    }

    private void about(JsonNode node, List<String> remarks) {
        for (String name : List.of("gpu", "torch", "cuda")) {
            if (node.hasNonNull(name)) {
                versions.put(name.equals("cuda") ? "torch_cuda" : name, node.get(name).asText());
            }
        }
        node.path("remarks").forEach(remark -> remarks.add(remark.asText()));
    }

    private static boolean endedWell(Process process) {
        try {
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String lastComplaints(Path complaints) throws IOException {
        List<String> lines = Files.readAllLines(complaints);
        return lines.isEmpty() ? "it said nothing" : String.join(" | ", lines.subList(Math.max(0, lines.size() - 2), lines.size()));
    }
}
