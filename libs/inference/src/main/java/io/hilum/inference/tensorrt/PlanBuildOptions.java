package io.hilum.inference.tensorrt;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How plans are built.
 *
 * @param device number of the GPU to build on and for. Another kind than serves: the plan is refused there
 * @param timeout for one plan. Too short: the build is killed and was for nothing; too long: a builder that hangs is
 *     noticed late
 * @param workspaceBytes GPU memory that a kernel may use for itself. Too small: fast kernels are left out; more than is
 *     free: those kernels fail while they are tried, and are left out too
 * @param effort TensorRT's optimisation level, 0 to 5. Higher: a build takes longer, a plan is at best faster
 * @param timingCache where measured times of kernels are kept, so that the next build of a similar graph takes a
 *     fraction. Of another GPU or version: TensorRT ignores it. Empty: everything is measured again
 */
public record PlanBuildOptions(int device, Duration timeout, long workspaceBytes, int effort, Optional<Path> timingCache) {

    private static final int HIGHEST_EFFORT = 5;

    public PlanBuildOptions {
        require(device >= 0, "device is " + device + "; GPUs are counted from 0.");
        require(!timeout.isNegative() && !timeout.isZero(), "timeout is " + timeout + "; it must be positive.");
        require(workspaceBytes > 0, "workspaceBytes is " + workspaceBytes + "; it must be positive.");
        require(effort >= 0 && effort <= HIGHEST_EFFORT, "effort is " + effort + "; it must be 0 to " + HIGHEST_EFFORT + ".");
    }

    /** The first GPU, half an hour, 4 GiB, TensorRT's default effort, no cache. */
    public static PlanBuildOptions defaults() {
        return new PlanBuildOptions(0, Duration.ofMinutes(30), 4L << 30, 3, Optional.empty());
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
