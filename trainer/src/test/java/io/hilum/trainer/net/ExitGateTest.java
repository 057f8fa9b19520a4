package io.hilum.trainer.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExitGateTest {
    private static final int ENDED_BY_TERM = 128 + 15;

    @Test
    void aStepThatIsRunningWhenTheProcessEndsDoesNotCrash(@TempDir Path folder) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m",
            "-XX:ErrorFile=" + folder.resolve("crash.log"), "-cp", System.getProperty("java.class.path"), EndlessSteps.class.getName())
            .redirectErrorStream(true).start();
        var lines = new BufferedReader(new InputStreamReader(process.getInputStream()));
        for (String line = lines.readLine(); !"stepping".equals(line); line = lines.readLine()) {
            assertTrue(line != null, "the training never began");
        }
        // Not the process itself: its destroy() closes the pipe, too.
        process.toHandle().destroy();
        while (lines.readLine() != null) {
            // What it still says; a full pipe would hold it.
        }
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertTrue(Files.notExists(folder.resolve("crash.log")), "libtorch was taken down under a running step");
        assertEquals(ENDED_BY_TERM, process.exitValue());
    }
}
