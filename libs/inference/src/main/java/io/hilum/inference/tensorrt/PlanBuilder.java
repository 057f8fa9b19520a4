package io.hilum.inference.tensorrt;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The program that builds one plan and ends: {@link PlanBuild} starts it. It reads its order from a folder and leaves
 * there the plan, its layers, and how it went.
 */
public final class PlanBuilder {

    private PlanBuilder() {}

    /** @param arguments the folder */
    public static void main(String[] arguments) throws IOException {
        endWithParent();
        Path folder = Path.of(arguments[0]);
        BuildOutcome outcome = build(folder);
        outcome.write(folder);
        // Without the exit handlers of native libraries: they crash on some drivers, after all is done.
        System.out.flush();
        Runtime.getRuntime().halt(outcome.succeeded() ? 0 : 1);
    }

    private static BuildOutcome build(Path folder) {
        try {
            BuildOrder order = BuildOrder.read(folder);
            TensorRtSupport machine = TensorRtSupport.detect(order.device());
            if (!machine.available()) {
                return BuildOutcome.failed(machine.reason());
            }
            System.out.println("TensorRT " + machine.tensorRt() + " builds for " + machine.gpu() + ".");
            NativeBuild.build(order, folder);
            return BuildOutcome.built(machine);
        } catch (LinkageError missing) {
            return BuildOutcome.failed("a library that TensorRT's builder needs is missing: " + missing.getMessage());
        } catch (IOException | RuntimeException failed) {
            return BuildOutcome.failed(failed.getMessage() == null ? failed.toString() : failed.getMessage());
        }
    }

    /** A parent that is killed must not leave a builder behind that keeps the GPU for half an hour. */
    static void endWithParent() {
        Thread watch = new Thread(() -> {
            try {
                while (System.in.read() >= 0) {
                    // Nobody writes; only the end counts.
                }
            } catch (IOException gone) {
                // The same as the end.
            }
            Runtime.getRuntime().halt(2);
        }, "hilum-parent-watch");
        watch.setDaemon(true);
        watch.start();
    }
}
