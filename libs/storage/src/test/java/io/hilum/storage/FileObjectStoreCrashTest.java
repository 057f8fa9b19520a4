package io.hilum.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another process writes, and is killed without notice. */
class FileObjectStoreCrashTest {

    @TempDir
    Path directory;

    @Test
    void showsNoObjectWhenKilledBetweenTemporaryFileAndName() throws Exception {
        Process writer = CrashWriter.start(directory, "half");
        assertEquals("WRITTEN", lines(writer).readLine());
        kill(writer);
        try (Stream<Path> left = Files.list(directory.resolve(".uploads"))) {
            assertEquals(1, left.count(), "the writer was killed with its temporary file on the disk");
        }
        try (ObjectStore store = FileObjectStore.open(directory, Duration.ofSeconds(-60))) {
            assertEquals(Set.of(), keys(store));
        }
        try (Stream<Path> left = Files.list(directory.resolve(".uploads"))) {
            assertEquals(0, left.count(), "the leftover must not fill the disk");
        }
    }

    @Test
    void losesNoAcknowledgedObjectAndShowsNoPartWhenKilledAnywhere() throws Exception {
        Set<String> acknowledged = new java.util.HashSet<>();
        for (int round = 0; round < 4; round++) {
            Process writer = CrashWriter.start(directory, "round" + round);
            BufferedReader out = lines(writer);
            for (int i = 0; i < 3 + 5 * round; i++) {
                acknowledged.add(out.readLine());
            }
            kill(writer);
            // What the pipe still holds was acknowledged before the kill, too; its last line may be cut.
            List<String> rest = new ArrayList<>(out.lines().toList());
            rest.removeIf(line -> !line.endsWith(CrashWriter.END));
            acknowledged.addAll(rest);
        }
        try (ObjectStore store = FileObjectStore.open(directory)) {
            Set<String> visible = keys(store);
            for (String line : acknowledged) {
                assertTrue(visible.contains(line.substring(0, line.length() - CrashWriter.END.length())), line);
            }
            for (String key : visible) {
                assertArrayEquals(CrashWriter.content(key), store.read(store.uriOf(key)), key + " must be whole");
            }
        }
    }

    private static Set<String> keys(ObjectStore store) throws IOException {
        try (Stream<StoredObject> found = store.list("")) {
            return found.map(StoredObject::key).collect(Collectors.toSet());
        }
    }

    private static BufferedReader lines(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private static void kill(Process process) throws InterruptedException {
        // By its handle: Process.destroyForcibly would also close the pipe with the lines not read yet.
        process.toHandle().destroyForcibly();
        process.waitFor();
    }
}
