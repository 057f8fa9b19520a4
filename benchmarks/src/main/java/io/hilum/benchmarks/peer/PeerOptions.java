package io.hilum.benchmarks.peer;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** How benchmarks measure beside a peer. Filled by picocli. */
public final class PeerOptions {

    @Option(names = "--threads", defaultValue = "2",
            description = "Threads on both sides (default: ${DEFAULT-VALUE}). More than there are idle cores measures the scheduler.")
    private int threads;

    @Option(names = "--pairs", defaultValue = "7", description = "Alternated rounds of each side (default: ${DEFAULT-VALUE}). Fewer say little.")
    private int pairs;

    @Option(names = "--round-seconds", defaultValue = "3", description = "About what one round takes (default: ${DEFAULT-VALUE}). Short ones measure noise.")
    private double roundSeconds;

    @Option(names = "--python", defaultValue = "/usr/bin/python3", description = "An interpreter with PyTorch (default: ${DEFAULT-VALUE}, Debian's, "
            + "with python3-torch and libopenblas0-pthread). Without PyTorch the ratios are null.")
    private String python;

    @Option(names = "--shared", paramLabel = "DIR", description = "Folder that holds golden/ and data/ (default: shared beside the repository). "
            + "What needs them is not measured without.")
    private Path shared;

    public int threads() {
        return threads;
    }

    public int pairs() {
        return pairs;
    }

    public double roundSeconds() {
        return roundSeconds;
    }

    public String python() {
        return python;
    }

    /** @param root of the repository */
    public Path shared(Path root) {
        return (shared == null ? root.resolve("../shared") : shared).toAbsolutePath().normalize();
    }
}
