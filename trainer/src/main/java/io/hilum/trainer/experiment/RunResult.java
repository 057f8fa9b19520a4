package io.hilum.trainer.experiment;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/**
 * What a run leaves when it has ended; a run whose folder has it is never run again.
 *
 * @param films different training films
 * @param bestEpoch of the checkpoint that was chosen on validation
 * @param validationCurve epoch and AUC of each validation
 * @param lossCurve epoch and smoothed loss
 * @param validationScores the chosen checkpoint's logits, in the order of the validation part
 * @param testScores likewise, in the order of the test cache
 * @param weightsSha256 of the chosen weights' file
 * @param seconds of the last process; a run that was killed spent more in all
 * @param settings every setting by name
 * @param commit of the code, "" when not known
 */
record RunResult(String id, Map<String, String> settings, int passes, int films, double bestEpoch, double validationAuc,
        List<double[]> validationCurve, List<double[]> lossCurve, double[] validationScores, double[] testScores,
        String weightsSha256, double seconds, String commit, String ended) {
    static final String FILE = "result.json";
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    void write(Path folder) throws IOException {
        Path part = folder.resolve(FILE + ".part");
        JSON.writeValue(part.toFile(), this);
        Files.move(part, folder.resolve(FILE), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    static RunResult read(Path folder) throws IOException {
        return JSON.readValue(folder.resolve(FILE).toFile(), RunResult.class);
    }
}
