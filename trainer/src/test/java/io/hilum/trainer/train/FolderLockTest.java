package io.hilum.trainer.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {
    @TempDir Path dir;

    @Test
    void twoTrainingsDoNotWriteIntoOneFolder() throws IOException {
        Path out = dir.resolve("model");
        var film = io.hilum.trainer.data.FilmCache.open(Toys.cache(dir.resolve("films"), 32, 1));
        var training = new FineTuning(Toys.options(1, 1e-4), film, film, out, new PrintStream(new ByteArrayOutputStream()));
        try (FolderLock first = FolderLock.of(out)) {
            assertTrue(Files.exists(out.resolve(FolderLock.FILE)), "held by " + first);
            var e = assertThrows(IOException.class, () -> training.run(Toys.scratch(), new Provenance("toy", "1", "scratch")));
            assertEquals("Another training works in " + out + ". Wait for its end or stop it, or give another --out.", e.getMessage());
        }
        FolderLock.of(out).close();
    }
}
