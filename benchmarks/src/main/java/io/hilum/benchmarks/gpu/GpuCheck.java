package io.hilum.benchmarks.gpu;

import io.hilum.inference.tensorrt.TensorRtSupport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Hilum's engine on this machine's GPU beside PyTorch: accuracy, speed, what heat maps cost. See the package. */
@Command(name = "gpu", description = "Hilum's TensorRT engine on this machine's GPU beside PyTorch: accuracy, speed, what heat maps cost.")
public final class GpuCheck implements Callable<Integer> {

    private static final GraphWriter GRAPHS = new ExportedGraphs();

    @Spec
    private CommandSpec spec;

    @Option(names = "--models", paramLabel = "DIR", description = "Made by 'bench gpu-models' (default: target/gpu/models).")
    private Path models;

    @Option(names = "--budget", paramLabel = "SECONDS", defaultValue = "600",
            description = "Stops then with what there is, the most important first (default: ${DEFAULT-VALUE}).")
    private double budget;

    @Option(names = "--seconds", defaultValue = "2", description = "How long each batch size is timed (default: ${DEFAULT-VALUE}). Shorter ones measure noise.")
    private double seconds;

    @Option(names = "--plans", paramLabel = "DIR", description = "Where built plans are kept for the next check (default: target/gpu/plans).")
    private Path plans;

    @Option(names = "--json", paramLabel = "FILE", description = "The last line, written anew after each job: what is left of a check that was killed.")
    private Path json;

    @Option(names = "--python", defaultValue = "python3", description = "An interpreter with PyTorch for CUDA (default: ${DEFAULT-VALUE}).")
    private String python;

    @Option(names = "--peer", paramLabel = "FILE", description = "The peer's script (default: benchmarks/gpu/eva_x_cuda.py).")
    private Path peer;

    @Option(names = "--torch-mode", defaultValue = "default",
            description = "Of torch.compile: default, max-autotune (minutes a batch size) or eager (default: ${DEFAULT-VALUE}).")
    private String torchMode;

    @Option(names = "--rehearse", description = "Without a GPU: goes through all parts with ONNX Runtime and PyTorch on the processor. The last line stays null.")
    private boolean rehearse;

    private PrintWriter out;

    public static void main(String[] args) {
        System.exit(new CommandLine(new GpuCheck()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        Path root = Path.of(System.getProperty("hilum.root", ".")).toAbsolutePath().normalize();
        models = models == null ? root.resolve("target/gpu/models") : models;
        plans = plans == null ? root.resolve("target/gpu/plans") : plans;
        peer = peer == null ? root.resolve("benchmarks/gpu/eva_x_cuda.py") : peer;
        out = spec.commandLine().getOut();
        Optional<Gpu> gpu = Gpu.find();
        Map<String, String> versions = new LinkedHashMap<>(Map.of("java", Runtime.version().toString()));
        gpu.ifPresent(found -> versions.put("driver", found.driver().isEmpty() ? null : found.driver()));
        if (gpu.isEmpty() && !rehearse) {
            out.println("NOT MEASURED: this machine has no NVIDIA GPU (there is neither /proc/driver/nvidia/version nor /dev/nvidiactl); "
                + "benchmarks/gpu/README.md tells how to bring the check to one that has.");
            return end(GpuFigures.nothing(versions), false);
        }
        return rehearse ? rehearse(versions) : check(gpu.orElseThrow(), versions);
    }

    private int check(Gpu gpu, Map<String, String> versions) throws IOException {
        GpuSide hilum = hilum();
        TorchSide torch = torch("cuda");
        List<Outcome> outcomes = new ArrayList<>();
        out.printf(Locale.ROOT, "%s, driver %s; %.0f s%n%n", gpu.name(), gpu.driver().isEmpty() ? "unknown" : gpu.driver(), budget);
        GpuTable table = new GpuTable(out);
        table.head();
        try {
            new GpuRun(hilum, torch, new Deadline(budget, System::nanoTime)).run(Agenda.of(GpuModel.all(models)), outcome -> {
                outcomes.add(outcome);
                table.print(outcome);
                versions.putAll(hilum.versions());
                versions.putAll(torch.versions());
                write(figures(gpu, versions, outcomes));
            });
        } finally {
            hilum.close();
        }
        return end(figures(gpu, versions, outcomes), outcomes.stream().anyMatch(Outcome::wrong));
    }

    /** The driver's name of the GPU, or else the one that a side was told. */
    private static GpuFigures figures(Gpu gpu, Map<String, String> versions, List<Outcome> outcomes) {
        return new GpuFigures(gpu.driver().isEmpty() ? versions.getOrDefault("gpu", gpu.name()) : gpu.name(), versions, outcomes);
    }

    private int rehearse(Map<String, String> versions) throws IOException {
        out.printf("REHEARSAL on the processor: no number below says anything about a GPU%n%n");
        GpuTable table = new GpuTable(out);
        table.head();
        try (GpuSide hilum = new EngineSide(new RehearsalOpener(), seconds, Agenda.MAX_BATCH)) {
            List<Outcome> outcomes = new GpuRun(hilum, torch("cpu"), new Deadline(budget, System::nanoTime))
                .run(Agenda.rehearsal(GpuModel.all(models)), table::print);
            return end(GpuFigures.nothing(versions), outcomes.stream().anyMatch(Outcome::wrong));
        }
    }

    private GpuSide hilum() {
        TensorRtSupport machine = TensorRtSupport.detect(0);
        return machine.available() ? new EngineSide(new TensorRtOpener(GRAPHS, plans, machine), seconds, Agenda.MAX_BATCH)
            : new GpuSide.Absent(machine.reason());
    }

    private TorchSide torch(String device) {
        return new TorchSide(List.of(python, peer.toString()),
            List.of("--device", device, "--seconds", Double.toString(seconds), "--mode", torchMode));
    }

    private int end(GpuFigures figures, boolean wrong) {
        write(figures);
        out.println();
        out.println(figures.json());
        out.flush();
        return wrong ? 1 : 0;
    }

    private void write(GpuFigures figures) {
        if (json != null) {
            try {
                Files.writeString(json, figures.json() + "\n");
            } catch (IOException refused) {
                throw new java.io.UncheckedIOException("The line cannot be written to " + json + ".", refused);
            }
        }
    }
}
