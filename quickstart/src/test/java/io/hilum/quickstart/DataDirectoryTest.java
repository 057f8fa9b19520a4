package io.hilum.quickstart;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.quickstart.house.ChildProcess;
import io.hilum.quickstart.house.DataDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    @TempDir
    Path folder;

    @Test
    void refusesASecondHouseOnTheSameData() throws Exception {
        try (DataDirectory first = DataDirectory.open(folder)) {
            IllegalStateException refused = assertThrows(IllegalStateException.class, () -> DataDirectory.open(folder));
            assertTrue(refused.getMessage().contains(folder.toString()) && refused.getMessage().contains("--data"));
        }
        DataDirectory.open(folder).close();
    }

    @Test
    void leavesNoChildOfAKilledStarterRunning() throws Exception {
        // What a killed starter leaves behind: a process that knows its data, and its pid file.
        Process orphan = new ProcessBuilder("sh", "-c", "while :; do sleep 1; done", folder.toRealPath().toString()).start();
        Files.createDirectories(folder.resolve("run"));
        Files.writeString(folder.resolve("run/broker.pid"), Long.toString(orphan.pid()));

        DataDirectory.open(folder.toRealPath()).close();

        assertTrue(orphan.waitFor(10, TimeUnit.SECONDS), "the orphan still runs");
        assertFalse(Files.exists(folder.resolve("run/broker.pid")));
    }

    @Test
    void stopsNoStrangerWhoGotTheNumberOfAnOldChild() throws Exception {
        Process stranger = new ProcessBuilder("sh", "-c", "while :; do sleep 1; done").start();
        try {
            Files.createDirectories(folder.resolve("run"));
            Files.writeString(folder.resolve("run/broker.pid"), Long.toString(stranger.pid()));

            DataDirectory.open(folder).close();

            assertTrue(stranger.isAlive());
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void keepsTheEndOfTheLogOfAProcessThatEndsByItself() throws Exception {
        try (DataDirectory data = DataDirectory.open(folder)) {
            ChildProcess child =
                    ChildProcess.start("failing", List.of("sh", "-c", "echo port 1 is taken; exit 3"), Map.of(), data);
            while (child.alive()) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
            IllegalStateException ended = assertThrows(IllegalStateException.class, child::requireAlive);
            assertTrue(ended.getMessage().contains("status 3") && ended.getMessage().contains("port 1 is taken"), ended.getMessage());
        }
    }
}
