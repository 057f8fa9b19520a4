package io.hilum.sink.access;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHashTest {

    @Test
    void onlyTheRightPasswordMatchesAfterWritingAndReading() {
        PasswordHash read = PasswordHash.parse(PasswordHash.of("correct horse".toCharArray()).toString());
        assertTrue(read.matches("correct horse".toCharArray()));
        assertFalse(read.matches("correct horsf".toCharArray()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "secret", "pbkdf2-sha512:0:AAAA:AAAA", "pbkdf2-sha512:x:AAAA:AAAA", "md5:1:AAAAAAAAAAAAAAAA:AAAA"})
    void whatIsNoHashIsRefusedAndNotTakenAsAPassword(String text) {
        assertThrows(IllegalArgumentException.class, () -> PasswordHash.parse(text));
    }

    @Test
    void userWhoIsRemovedFromTheFileLosesAccess(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("users.properties");
        Files.writeString(file, "ada = " + PasswordHash.of("long enough".toCharArray()) + "\nbad = plain\n");
        UsersFile users = new UsersFile(file);
        assertTrue(users.accepts("ada", "long enough".toCharArray()));
        assertTrue(users.accepts("ada", "long enough".toCharArray()));
        assertFalse(users.accepts("ada", "long enougH".toCharArray()));
        assertFalse(users.accepts("bad", "plain".toCharArray()));
        assertFalse(users.accepts("eve", "long enough".toCharArray()));

        Files.writeString(file, "");
        Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.fromMillis(1));
        assertFalse(users.accepts("ada", "long enough".toCharArray()));
    }
}
