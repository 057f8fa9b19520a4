package io.hilum.ingest.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hilum.ingest.door.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundedListTest {

    @TempDir
    Path directory;

    private static RefusalRecord record(String sender) {
        return new RefusalRecord("now", Way.FOLDER, sender, "not-chest", "0xC011", "It is a hand.", "1.2", "1", "1.3");
    }

    private BoundedList<RefusalRecord> open() throws IOException {
        return BoundedList.open(directory.resolve("list.jsonl"), RefusalRecord.class, 3);
    }

    @Test
    void startsWithALineTooLongForMemoryInItsFile() throws IOException {
        try (BoundedList<RefusalRecord> list = open()) {
            list.add(record("before"));
        }
        Path file = directory.resolve("list.jsonl");
        String hostile = Files.readString(file).replace("It is a hand.", "9".repeat(5_000_000));
        Files.writeString(file, Files.readString(file) + hostile + Files.readString(file).replace("before", "behind")
                + "{\"at\":\"to");
        try (BoundedList<RefusalRecord> list = open()) {
            assertEquals(List.of(record("behind"), record("before")), list.latest());
        }
        assertEquals(2, Files.readAllLines(file).size(), "the file is rewritten without them");
    }
}
