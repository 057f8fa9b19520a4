package io.hilum.benchmarks.gpu;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hilum.inference.BundleRefusedException;
import io.hilum.inference.InferenceEngine;
import io.hilum.inference.tensorrt.EnqueueLoop;
import io.hilum.inference.tensorrt.PlanBuild;
import io.hilum.inference.tensorrt.PlanBuildException;
import io.hilum.inference.tensorrt.PlanBuildOptions;
import io.hilum.inference.tensorrt.PlanChoice;
import io.hilum.inference.tensorrt.PlanRequest;
import io.hilum.inference.tensorrt.TensorRtEngine;
import io.hilum.inference.tensorrt.TensorRtOptions;
import io.hilum.inference.tensorrt.TensorRtSupport;
import io.hilum.model.bundle.PlanFile;
import io.hilum.model.bundle.Precision;
import io.hilum.model.bundle.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Engines of TensorRT. Plans are built where none lie from before, and kept for the next check: building is what takes
 * minutes.
 */
final class TensorRtOpener implements EngineOpener {
    /** Kernels are chosen for it. Between what a busy service batches and the largest batch that is timed. */
    private static final int USUAL_BATCH = 128;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final GraphWriter graphs;
    private final Path plans;
    private final TensorRtSupport machine;
    private final TensorRtOptions options = new TensorRtOptions(EngineLoop.CALLERS, List.of(1, 2, 4, 8, 16, 32, 64, 128, 256), 0, true);

    /** @param machine with a GPU */
    TensorRtOpener(GraphWriter graphs, Path plans, TensorRtSupport machine) {
        this.graphs = graphs;
        this.plans = plans;
        this.machine = machine;
    }

    @Override
    public Map<String, String> versions() {
        return Map.of("tensorrt", machine.tensorRt(), "gpu", machine.gpu());
    }

    @Override
    public Opened open(GpuModel model, Precision precision, int maxBatch, Deadline deadline) throws IOException {
        // The reference's numbers stand for the weights: other weights, other plans.
        String key = Sha256.of(model.folder().resolve(GpuModel.REFERENCE)).substring(0, 12);
        Path folder = Files.createDirectories(plans.resolve(model.architecture().id() + "-" + key));
        PlanFile plain = plan(model, precision, 0, maxBatch, folder, deadline);
        PlanFile maps = plan(model, precision, Agenda.MAPS, maxBatch, folder, deadline);
        try {
            InferenceEngine engine = TensorRtEngine.open(model.card(), "", folder, new PlanChoice(plain, maps, ""), machine, options);
            return new Opened(engine, (batch, wanted, seconds) ->
                EnqueueLoop.imagesPerSecond(model.card(), folder, wanted == 0 ? plain : maps, batch, seconds, options));
        } catch (BundleRefusedException refused) {
            throw new IOException(refused.getMessage(), refused);
        }
    }

    private PlanFile plan(GpuModel model, Precision precision, int maps, int maxBatch, Path folder, Deadline deadline) throws IOException {
        Path record = folder.resolve(precision.id() + "-" + maps + ".json");
        if (Files.exists(record)) {
            PlanFile kept = JSON.readValue(record.toFile(), PlanFile.class);
            if (kept.tensorRt().equals(machine.tensorRt()) && kept.computeCapability().equals(machine.computeCapability())
                    && kept.maxBatch() == maxBatch && Files.exists(folder.resolve(kept.file()))) {
                return kept;
            }
        }
        Path graph = Files.createTempDirectory("hilum-graph-");
        try {
            PlanRequest request = new PlanRequest(graphs.write(model, precision, maps, graph), precision, maps, Math.min(USUAL_BATCH, maxBatch), maxBatch);
            PlanBuildOptions usual = PlanBuildOptions.defaults();
            // At least a second, so that a build that has no time says so itself.
            Duration timeout = Duration.ofMillis((long) (1000 * Math.max(1, deadline.left())));
            PlanFile built = new PlanBuild(new PlanBuildOptions(usual.device(), timeout, usual.workspaceBytes(), usual.effort(),
                Optional.of(plans.resolve("timing.cache"))), line -> { }).build(request, folder);
            JSON.writeValue(record.toFile(), built);
            return built;
        } catch (PlanBuildException refused) {
            throw new IOException(refused.getMessage(), refused);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("The build of a plan was interrupted.", interrupted);
        } finally {
            Folders.delete(graph);
        }
    }
}
