package io.hilum.trainer.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes: one is left alone; one is killed, then told to end, then goes on to the end. */
class KilledTrainingTest {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    @TempDir Path dir;

    @BeforeEach
    void films() throws IOException {
        Toys.cache(dir.resolve("train.cache"), 96, 1);
        Toys.cache(dir.resolve("valid.cache"), 64, 2);
    }

    @Test
    void killAndCtrlCDoNotChangeTheWeights() throws Exception {
        assertEquals(0, start("whole").waitFor(), log("whole"));
        String whole = Provenance.read(dir.resolve("whole")).weightHash();
        assertNotNull(whole);
        assertTrue(log("whole").contains("Weight hash " + whole), log("whole"));
        assertTrue(log("whole").contains("a step here has 8") && log("whole").contains("Layer decay 1.0"), "what differs from the recipe is said: " + log("whole"));

        Process killed = start("broken");
        awaitSave(killed);
        killed.destroyForcibly().waitFor();
        Process told = start("broken");
        awaitSave(told);
        told.destroy();
        told.waitFor();
        assertTrue(log("broken").contains("The same command goes on.") || log("broken").contains("Weight hash"), log("broken"));
        assertEquals(0, start("broken").waitFor(), log("broken"));
        assertTrue(log("broken").contains("Going on after step"), log("broken"));

        var training = Provenance.read(dir.resolve("broken"));
        assertEquals(whole, training.weightHash());
        assertEquals(Provenance.read(dir.resolve("whole")).modelHash(), training.modelHash());
        assertTrue(training.finished());
        assertEquals(steps("whole"), steps("broken"), "no point of the curves is missing or doubled");
    }

    private List<String> steps(String folder) throws IOException {
        return Files.readAllLines(dir.resolve(folder).resolve(Curves.CSV)).stream().map(line -> line.split(",")[0]).toList();
    }

    private Process start(String folder) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m",
            "-Dai.djl.offline=true", "-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            "io.hilum.trainer.Main", "train", "--data", dir.resolve("train.cache").toString(), "--valid", dir.resolve("valid.cache").toString(),
            "--out", dir.resolve(folder).toString(), "--recipe", "cxr14-ti", "--size", "48", "--batch", "4", "--accumulate", "2", "--epochs", "3",
            "--warm-up", "0.5", "--labels", "0.5", "--seed", "5", "--threads", "1", "--save-seconds", "1"));
        return new ProcessBuilder(command).redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(dir.resolve(folder + ".log").toFile())).start();
    }

    /** Waits for the next save, or for the end of a process that was too fast. */
    private void awaitSave(Process process) throws IOException {
        Path file = dir.resolve("broken").resolve(SavedState.FILE);
        FileTime before = Files.exists(file) ? Files.getLastModifiedTime(file) : FileTime.fromMillis(0);
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50))
            .until(() -> !process.isAlive() || Files.exists(file) && Files.getLastModifiedTime(file).compareTo(before) > 0);
    }

    private String log(String folder) throws IOException {
        return Files.readString(dir.resolve(folder + ".log"));
    }
}
