package io.hilum.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A kill cannot show a missing flush, a power cut would: so look at the system calls. Needs Debian's strace. */
class FileObjectStoreFlushTest {

    @TempDir
    Path directory;

    @Test
    void flushesTheBytesBeforeTheNameAndTheDirectoriesBeforeSuccess() throws Exception {
        Path calls = directory.resolve("calls");
        Path store = directory.resolve("store");
        List<String> trace = new ArrayList<>(
                List.of("strace", "-f", "-y", "-e", "trace=fsync,link,linkat,mkdir,write", "-o", calls.toString()));
        trace.addAll(CrashWriter.command(store, "k", 2));
        assumeTrue(ran(trace), "SKIPPED: strace is not installed or may not trace here, so the order of flushes is not checked");

        List<String> order = Files.readAllLines(calls).stream()
                .filter(line -> line.contains(store.toString()) || line.contains("\"k/")).toList();
        for (String key : List.of("k/0/0", "k/1/1")) {
            int named = index(order, 0, "link(", ".uploads/", "\"" + store.resolve(key) + "\"");
            String temporary = order.get(named).replaceAll(".*link\\(\"([^\"]+)\".*", "$1");
            int flushed = index(order, 0, "fsync(", "<" + temporary + ">");
            assertTrue(flushed < named, "the bytes are flushed before they get their name");
            int success = index(order, named, "write(1", "\"" + key + CrashWriter.END);
            Path parent = store.resolve(key).getParent();
            assertTrue(index(order, named, "fsync(", "<" + parent + ">") < success, "the name is flushed before success");
            int made = index(order, 0, "mkdir(\"" + parent + "\"");
            assertTrue(index(order, made, "fsync(", "<" + parent.getParent() + ">") < success,
                    "a new directory's own name is flushed before success");
        }
        int root = index(order, 0, "mkdir(\"" + store.resolve("k") + "\"");
        assertTrue(index(order, root, "fsync(", "<" + store + ">") < index(order, 0, "write(1", "\"k/0/0"));
    }

    private static boolean ran(List<String> command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (IOException notInstalled) {
            return false;
        }
    }

    /** The first line at or after {@code from} that holds all parts; fails where there is none. */
    private static int index(List<String> lines, int from, String... parts) {
        for (int i = from; i < lines.size(); i++) {
            String line = lines.get(i);
            if (List.of(parts).stream().allMatch(line::contains)) {
                return i;
            }
        }
        assertEquals(List.of(parts), lines, "no such system call");
        return -1;
    }
}
