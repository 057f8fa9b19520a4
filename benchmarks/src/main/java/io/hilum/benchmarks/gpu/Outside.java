package io.hilum.benchmarks.gpu;

import java.util.List;
import java.util.Map;

/**
 * Processes that are not ours. {@code benchmarks/gpu/check} sets a library path for this process, on which there are
 * empty stand-ins for NVIDIA's libraries; PyTorch would take them for its own, so what was set before is given back.
 */
final class Outside {
    private static final String PATH = "LD_LIBRARY_PATH";
    /** What {@link #PATH} was before {@code check}; not set where nobody changed it. */
    private static final String BEFORE = "HILUM_OUTER_LIBRARY_PATH";

    private Outside() {}

    static ProcessBuilder process(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        restore(builder.environment());
        return builder;
    }

    static void restore(Map<String, String> environment) {
        String before = environment.remove(BEFORE);
        if (before == null) {
            return;
        }
        if (before.isEmpty()) {
            environment.remove(PATH);
        } else {
            environment.put(PATH, before);
        }
    }
}
