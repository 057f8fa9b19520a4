package io.hilum.ingest.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.ingest.door.Way;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

    @TempDir
    Path directory;

    private static ReceivedEntry entry(String key) {
        return new ReceivedEntry(0, key, URI.create("file:///x/" + key), "ab", 3, Way.C_STORE, "AE \"1\"\n", "1.2", "1.2.3", 1, 2, false, "");
    }

    private static ReceivedEntry urgent(String key) {
        return new ReceivedEntry(0, key, URI.create("file:///x/" + key), "ab", 3, Way.C_STORE, "AE", "1.2", "1.2.3", 1, 2, true, "");
    }

    private static List<String> open(Journal journal) throws Exception {
        List<String> keys = new ArrayList<>();
        JournalCursor cursor = new JournalCursor();
        for (Optional<ReceivedEntry> next = journal.next(cursor, 0); next.isPresent(); next = journal.next(cursor, 0)) {
            keys.add(next.get().key());
        }
        return keys;
    }

    private Path onlyFile() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> logs = files.filter(file -> file.toString().endsWith(".log")).toList();
            assertEquals(1, logs.size());
            return logs.get(0);
        }
    }

    @Test
    void readsAnEntryOfAVersionBeforeTraces() throws IOException {
        ReceivedEntry old = new JournalLine(JournalLine.Kind.RECEIVED, """
                {"sequence":7,"key":"k","uri":"file:///x/k","sha256":"ab","bytes":3,"way":"C_STORE","sender":"AE",
                "studyUid":"1.2","sopInstanceUid":"1.2.3","receivedMicros":1,"storedMicros":2,"urgent":false}""").entry();
        assertEquals(Optional.empty(), old.trace());
        assertEquals("1.2.3", old.sopInstanceUid());
    }

    @Test
    void losesNoEntryOverRestartsAndAnnouncesNoneTwice() throws Exception {
        try (Journal journal = Journal.open(directory)) {
            journal.append(entry("a"));
            journal.append(entry("b"));
            journal.append(entry("c"));
            journal.published(2);
            assertEquals(List.of("a", "c"), open(journal));
        }
        try (Journal journal = Journal.open(directory)) {
            assertEquals(List.of("a", "c"), open(journal));
            assertEquals(entry("a").at(1), journal.next(new JournalCursor(), 0).orElseThrow());
            journal.quarantined(1);
            journal.published(3);
        }
        try (Journal journal = Journal.open(directory)) {
            assertEquals(0, journal.backlog());
            assertEquals(4, journal.append(entry("d")), "sequences never restart");
        }
    }

    @Test
    void doesNotLetUrgentFilmsWaitBehindABacklog() throws Exception {
        try (Journal journal = Journal.open(directory)) {
            for (String key : List.of("a", "b")) {
                journal.append(entry(key));
            }
            journal.append(urgent("u"));
            journal.append(entry("c"));
            journal.append(urgent("v"));
            assertEquals(List.of("u", "v", "a", "b", "c"), open(journal));
            JournalCursor cursor = new JournalCursor();
            assertEquals("u", journal.next(cursor, 0).orElseThrow().key());
            journal.published(3);
            assertEquals("v", journal.next(cursor, 0).orElseThrow().key());
            assertEquals("a", journal.next(cursor, 0).orElseThrow().key());
            journal.append(urgent("w"));
            assertEquals("w", journal.next(cursor, 0).orElseThrow().key());
            assertEquals("b", journal.next(cursor, 0).orElseThrow().key());
        }
        try (Journal journal = Journal.open(directory)) {
            assertEquals(List.of("v", "w", "a", "b", "c"), open(journal));
        }
    }

    @Test
    void recognisesTheSameObjectAlsoAfterRestarts() throws Exception {
        try (Journal journal = Journal.open(directory)) {
            assertEquals(1, journal.append(entry("a")));
            assertEquals(1, journal.append(entry("a")));
            journal.published(1);
        }
        for (int restart = 0; restart < 3; restart++) {
            try (Journal journal = Journal.open(directory)) {
                assertTrue(journal.knows("a"));
                journal.append(entry("a"));
                assertEquals(0, journal.backlog());
            }
        }
        try (Journal journal = Journal.open(directory)) {
            assertTrue(journal.forgetAnnounced("a"));
            journal.append(entry("a"));
            assertFalse(journal.forgetAnnounced("a"), "it is open");
            assertEquals(List.of("a"), open(journal));
        }
    }

    @Test
    void survivesATailTornAtEveryByte() throws Exception {
        try (Journal journal = Journal.open(directory)) {
            journal.append(entry("a"));
        }
        byte[] whole = Files.readAllBytes(onlyFile());
        try (Journal journal = Journal.open(directory)) {
            journal.append(entry("b"));
        }
        byte[] withB = Files.readAllBytes(onlyFile());
        int lineOfB = withB.length - whole.length;
        for (int cut = 1; cut < lineOfB; cut += 7) {
            Files.write(onlyFile(), java.util.Arrays.copyOf(withB, withB.length - cut));
            try (Journal journal = Journal.open(directory)) {
                assertEquals(List.of("a"), open(journal));
                assertEquals(2, journal.append(entry("c")));
            }
            try (Journal journal = Journal.open(directory)) {
                assertEquals(List.of("a", "c"), open(journal));
            }
        }
    }

    @Test
    void skipsAChangedLineButNotTheOnesBehindIt() throws Exception {
        try (Journal journal = Journal.open(directory)) {
            journal.append(entry("a"));
            journal.append(entry("b"));
            journal.append(entry("c"));
        }
        String text = Files.readString(onlyFile());
        Files.writeString(onlyFile(), text.replace("\"key\":\"b\"", "\"key\":\"X\""));
        try (Journal journal = Journal.open(directory)) {
            assertEquals(List.of("a", "c"), open(journal));
        }
    }

    @Test
    void forgetsNothingWhenKilledWhileCompacting() throws Exception {
        try (Journal journal = Journal.open(directory)) {
            journal.append(entry("a"));
            journal.append(entry("b"));
            journal.published(1);
        }
        Path before = onlyFile();
        byte[] old = Files.readAllBytes(before);
        Files.writeString(directory.resolve("compacting-9.tmp"), "half a fi", StandardOpenOption.CREATE);
        try (Journal journal = Journal.open(directory)) {
            assertEquals(List.of("b"), open(journal));
        }
        // Killed between the new file's name and the old one's removal: both are there.
        Files.write(before, old);
        try (Journal journal = Journal.open(directory)) {
            assertEquals(List.of("b"), open(journal));
        }
    }

    @Test
    void doesNotGrowForEver() throws Exception {
        try (Journal journal = Journal.open(directory, 2_000, 10)) {
            for (int i = 0; i < 200; i++) {
                journal.published(journal.append(entry("k" + i)));
            }
            try (Stream<Path> files = Files.list(directory)) {
                assertTrue(files.count() <= 4, "done files are removed");
            }
            long open = journal.append(entry("open"));
            for (int i = 0; i < 50; i++) {
                journal.published(journal.append(entry("m" + i)));
            }
            assertEquals(List.of("open"), open(journal));
            journal.published(open);
        }
        try (Journal journal = Journal.open(directory, 2_000, 10)) {
            assertEquals(0, journal.backlog());
        }
    }

    @Test
    void losesNoneOfManyConcurrentAppends() throws Exception {
        ExecutorService appenders = Executors.newFixedThreadPool(16);
        try (Journal journal = Journal.open(directory, 20_000, 10_000)) {
            List<Future<Long>> sequences = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                String key = "k" + i;
                sequences.add(appenders.submit(() -> journal.append(entry(key))));
            }
            for (Future<Long> each : sequences) {
                if (each.get() % 3 == 0) {
                    journal.published(each.get());
                }
            }
            assertEquals(400 - 400 / 3, open(journal).size());
        } finally {
            appenders.shutdownNow();
        }
        try (Journal journal = Journal.open(directory)) {
            assertEquals(400 - 400 / 3, open(journal).size());
        }
    }

    @Test
    void acknowledgesNothingAfterTheFlushBeforeANewFileFailed() throws Exception {
        Journal journal = Journal.open(directory, 1, 10);
        // An interrupt closes the file's channel, so that the flush which ends the file fails.
        Thread.currentThread().interrupt();
        try {
            assertThrows(IOException.class, () -> journal.append(entry("a")));
        } finally {
            Thread.interrupted();
        }
        assertTrue(journal.isBroken(), "others would flush the next file and believe in this one");
        assertThrows(IOException.class, () -> journal.append(entry("a")));
    }

    @Test
    void refusesASecondOwner() throws Exception {
        try (Journal first = Journal.open(directory)) {
            IOException refused = assertThrows(IOException.class, () -> Journal.open(directory));
            assertTrue(refused.getMessage().contains("in use by another dicom-ingest"), refused.getMessage());
            assertEquals(0, first.backlog());
        }
    }
}
