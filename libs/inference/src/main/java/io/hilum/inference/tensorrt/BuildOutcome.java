package io.hilum.inference.tensorrt;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the builder's process tells its parent, as a file in the folder that both share: the key of the plan, or one
 * sentence why there is none.
 */
record BuildOutcome(String tensorRt, String computeCapability, String failure) {

    /** In the shared folder: the plan, and what TensorRT says of its layers. */
    static final String PLAN = "engine.plan";
    static final String LAYERS = "layers.json";

    private static final String FILE = "outcome.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    static BuildOutcome built(TensorRtSupport machine) {
        return new BuildOutcome(machine.tensorRt(), machine.computeCapability(), "");
    }

    static BuildOutcome failed(String sentence) {
        return new BuildOutcome("", "", sentence);
    }

    /** Empty when the process left nothing, or nothing that makes sense. */
    static Optional<BuildOutcome> read(Path folder) {
        try {
            BuildOutcome outcome = JSON.readValue(folder.resolve(FILE).toFile(), BuildOutcome.class);
            return outcome != null && outcome.makesSense(folder) ? Optional.of(outcome) : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    void write(Path folder) throws IOException {
        JSON.writeValue(folder.resolve(FILE).toFile(), this);
    }

    boolean succeeded() {
        return failure.isEmpty();
    }

    private boolean makesSense(Path folder) {
        if (tensorRt == null || computeCapability == null || failure == null) {
            return false;
        }
        return !succeeded() || tensorRt.matches("\\d+\\.\\d+\\.\\d+") && computeCapability.matches("\\d+\\.\\d+")
                && Files.isRegularFile(folder.resolve(PLAN)) && Files.isRegularFile(folder.resolve(LAYERS));
    }
}
