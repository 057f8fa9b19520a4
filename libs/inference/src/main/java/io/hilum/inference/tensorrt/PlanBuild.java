package io.hilum.inference.tensorrt;

import io.hilum.model.bundle.PlanFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Builds plans, each in a process of its own ({@link PlanBuilder}): TensorRT's builder aborts on some errors, and its
 * objects are only given back when their process ends.
 *
 * <p>Threading: no state; the caller waits for minutes, and kills the builder by interrupting itself.
 */
public final class PlanBuild {

    private static final System.Logger LOG = System.getLogger(PlanBuild.class.getName());
    /** The exit status of a process that a signal killed is this much above the signal. */
    private static final int KILLED = 128;
    private static final int SIGABRT = 6;
    private static final int SIGKILL = 9;
    private static final int SIGSEGV = 11;

    private final PlanBuildOptions options;
    private final Consumer<String> progress;
    private final String classPath;
    private final String mainClass;

    /** @param progress gets each line that the builder says, on a thread of its own; must not throw */
    public PlanBuild(PlanBuildOptions options, Consumer<String> progress) {
        this(options, progress, System.getProperty("java.class.path"), PlanBuilder.class.getName());
    }

    PlanBuild(PlanBuildOptions options, Consumer<String> progress, String classPath, String mainClass) {
        this.options = options;
        this.progress = progress;
        this.classPath = classPath;
        this.mainClass = mainClass;
    }

    /**
     * Builds one plan for the GPU of this machine.
     *
     * @param folder gets the plan under its key, such as {@code plain-fp16-trt10.15.1-sm90.plan}, and beside it what
     *     TensorRT says of its layers as {@code .layers.json}; on failure the builder's log, and nothing else
     * @throws PlanBuildException when there is no plan, whatever the builder's process died of
     * @throws InterruptedException when this thread was interrupted; the builder is killed
     */
    public PlanFile build(PlanRequest request, Path folder) throws PlanBuildException, InterruptedException {
        if (!Files.isRegularFile(request.onnx())) {
            throw new PlanBuildException("There is no graph " + request.onnx() + " to build a TensorRT plan from.");
        }
        try {
            Path log = folder.resolve(request.kind() + ".build.log");
            Path shared = Files.createTempDirectory(folder, "plan-");
            try {
                BuildOrder.of(request, options).write(shared);
                PlanFile plan = keep(request, run(request, shared, log), shared, folder);
                Files.delete(log);
                return plan;
            } finally {
                delete(shared);
            }
        } catch (IOException failed) {
            throw new PlanBuildException("The TensorRT plan of " + request.onnx() + " cannot be written to " + folder + ": "
                    + failed.getMessage() + ".", failed);
        }
    }

    private BuildOutcome run(PlanRequest request, Path shared, Path log)
            throws IOException, InterruptedException, PlanBuildException {
        int status;
        try {
            status = ChildProcess.run(command(shared), log, progress, options.timeout());
        } catch (TimeoutException late) {
            throw failure(request, "it took longer than " + options.timeout().toSeconds() + " s and was stopped", log);
        }
        BuildOutcome outcome = BuildOutcome.read(shared).orElse(null);
        if (outcome != null && !outcome.succeeded()) {
            throw failure(request, outcome.failure().replaceAll("\\.$", ""), log);
        }
        if (status != 0) {
            throw failure(request, death(status), log);
        }
        if (outcome == null) {
            throw failure(request, "the builder ended as if all were well and left no plan", log);
        }
        return outcome;
    }

    private List<String> command(Path shared) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        // The builder walks graphs by recursion.
        return List.of(java, "-Xss16m", "-cp", classPath, mainClass, shared.toAbsolutePath().toString());
    }

    private static PlanFile keep(PlanRequest request, BuildOutcome built, Path shared, Path folder) throws IOException {
        String key = request.kind() + "-trt" + built.tensorRt() + "-sm" + built.computeCapability().replace(".", "");
        Files.move(shared.resolve(BuildOutcome.LAYERS), folder.resolve(key + ".layers.json"), StandardCopyOption.REPLACE_EXISTING);
        // The plan last: whoever sees it sees it whole, and its layers.
        Files.move(shared.resolve(BuildOutcome.PLAN), folder.resolve(key + ".plan"), StandardCopyOption.REPLACE_EXISTING);
        return new PlanFile(key + ".plan", request.precision(), request.maps(), request.maxBatch(), built.tensorRt(),
                built.computeCapability());
    }

    private static String death(int status) {
        return switch (status - KILLED) {
            case SIGABRT, SIGSEGV -> "TensorRT crashed the builder (signal " + (status - KILLED) + ")";
            case SIGKILL -> "the builder was killed (signal 9), which Linux does when memory ends";
            default -> status > KILLED ? "the builder was killed by signal " + (status - KILLED)
                    : "the builder ended with status " + status;
        };
    }

    private static PlanBuildException failure(PlanRequest request, String reason, Path log) {
        return new PlanBuildException("No TensorRT plan was built from " + request.onnx() + ": " + reason
                + "; all that the builder said is in " + log + ".");
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException left) {
            LOG.log(System.Logger.Level.WARNING, "The working folder " + folder + " of a TensorRT build is not deleted: " + left);
        }
    }
}
