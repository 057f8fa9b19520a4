package io.hilum.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileObjectStoreTest extends ObjectStoreConformance {

    @TempDir
    Path directory;

    @Override
    ObjectStore open() throws IOException {
        return ObjectStores.open(directory.resolve("objects").toUri());
    }

    @Test
    void removesOnlyLeftoversThatNobodyWritesAnyMore() throws IOException {
        Path leftover = Files.writeString(uploads().resolve("killed"), "half");
        Files.setLastModifiedTime(leftover, java.nio.file.attribute.FileTime.fromMillis(
                System.currentTimeMillis() - FileObjectStore.LEFTOVER.toMillis() - 60_000));
        try (Upload running = store.begin()) {
            running.write(1);
            open().close();
            assertTrue(Files.notExists(leftover), "a leftover would fill the disk");
            running.commit("running");
        }
        assertEquals(Set.of("running"), keys(""));
    }

    @Test
    void leavesNoTemporaryFileAfterACommitAConflictOrAClose() throws IOException {
        store.put("a", bytes(10, 1));
        assertThrows(ObjectConflictException.class, () -> store.put("a", bytes(10, 2)));
        store.begin().close();
        try (Stream<Path> left = Files.list(uploads())) {
            assertEquals(0, left.count());
        }
    }

    @Test
    void failsTheCommitIfItsTemporaryFileWasTakenAway() throws IOException {
        try (Upload upload = store.begin()) {
            upload.write(bytes(10, 1));
            FileObjectStore.open(directory.resolve("objects"), Duration.ofSeconds(-60)).close();
            assertThrows(IOException.class, () -> upload.commit("gone"));
        }
        assertEquals(Set.of(), keys(""));
    }

    @Test
    void followsNoLinkOutOfTheStore() throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "secret");
        Files.createSymbolicLink(directory.resolve("objects/link"), secret);
        assertThrows(IOException.class, () -> store.open(store.uriOf("link")));
        assertThrows(IOException.class, () -> store.read(store.uriOf("link")));
        assertEquals(Set.of(), keys(""));
    }

    @Test
    void hidesWhatIsNoObject() throws IOException {
        Files.createDirectories(directory.resolve("objects/lost+found"));
        Files.writeString(directory.resolve("objects/.DS_Store"), "x");
        assertEquals(Set.of(), keys(""));
    }

    @Test
    void saysWhyAnObjectCannotLieBelowAnObject() throws IOException {
        store.put("a", bytes(1, 1));
        IOException refused = assertThrows(IOException.class, () -> store.put("a/b", bytes(1, 1)));
        assertTrue(refused.getMessage().contains("is an object"), refused.getMessage());
    }

    @Test
    void knowsHowMuchStillFits() throws IOException {
        assertTrue(store.freeBytes().orElseThrow() > 0);
    }

    @Test
    void refusesAUriThatNamesNoDirectory() {
        for (String uri : new String[] {"file:data", "file://host/data", "ftp:///data", "/data", "data"}) {
            assertThrows(IllegalArgumentException.class, () -> ObjectStores.open(URI.create(uri)).close(), uri);
        }
    }

    private Path uploads() {
        return directory.resolve("objects/.uploads");
    }
}
