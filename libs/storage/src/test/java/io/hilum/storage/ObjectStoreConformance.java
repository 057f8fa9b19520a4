package io.hilum.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store promises. A store passes when its subclass passes. */
abstract class ObjectStoreConformance {

    private static final int WRITERS = 8;

    ObjectStore store;

    /** The same empty place at each call within one test. */
    abstract ObjectStore open() throws IOException;

    @BeforeEach
    void begin() throws IOException {
        store = open();
    }

    @AfterEach
    void end() {
        store.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 3_000_001})
    void losesNoByteWhateverTheSize(int size) throws IOException {
        byte[] bytes = bytes(size, 1);
        URI uri;
        try (Upload upload = store.begin()) {
            int at = 0;
            for (int step = 1; at < size; step = step * 3 + 1) {
                int length = Math.min(step, size - at);
                upload.write(bytes, at, length);
                at += length;
            }
            assertEquals(size, upload.size());
            uri = upload.commit("s1/i1.dcm");
        }
        assertEquals(store.uriOf("s1/i1.dcm"), uri);
        assertArrayEquals(bytes, store.read(uri));
        try (InputStream in = store.open(uri)) {
            assertArrayEquals(bytes, in.readAllBytes());
        }
    }

    @Test
    void stillHasTheObjectAfterBeingOpenedAgain() throws IOException {
        URI uri = store.put("s1/i1.dcm", bytes(10, 2));
        try (ObjectStore again = open()) {
            assertTrue(again.exists(uri));
            assertArrayEquals(bytes(10, 2), again.read(uri));
        }
    }

    @Test
    void neverOverwritesAnObjectWithOtherBytes() throws IOException {
        URI uri = store.put("s1/i1.dcm", bytes(1_000, 1));
        for (byte[] other : List.of(bytes(1_000, 2), bytes(999, 1), bytes(0, 1))) {
            var conflict = assertThrows(ObjectConflictException.class, () -> store.put("s1/i1.dcm", other));
            assertTrue(conflict.getMessage().contains(uri.toString()), conflict.getMessage());
        }
        assertArrayEquals(bytes(1_000, 1), store.read(uri));
    }

    @Test
    void acceptsTheSameBytesAgainWithTheSameUri() throws IOException {
        URI first = store.put("s1/i1.dcm", bytes(1_000, 1));
        assertEquals(first, store.put("s1/i1.dcm", bytes(1_000, 1)));
        assertEquals(1, keys("").size());
    }

    @Test
    void letsExactlyOneOfTheWritersOfDifferentBytesWin() throws Exception {
        for (int round = 0; round < 3; round++) {
            String key = "race/" + round;
            List<Boolean> won = race(writer -> {
                try {
                    store.put(key, bytes(50_000, writer));
                    return true;
                } catch (ObjectConflictException lost) {
                    return false;
                }
            });
            assertEquals(1, won.stream().filter(each -> each).count(), "exactly one writer wins " + key);
            assertArrayEquals(bytes(50_000, won.indexOf(true)), store.read(store.uriOf(key)));
        }
    }

    @Test
    void letsAllWritersOfTheSameBytesSucceed() throws Exception {
        List<URI> uris = race(writer -> store.put("race/new/directory/same", bytes(50_000, 7)));
        assertEquals(Set.of(store.uriOf("race/new/directory/same")), Set.copyOf(uris));
    }

    @Test
    void showsNothingOfAnUploadThatIsNotCommitted() throws IOException {
        try (Upload upload = store.begin()) {
            upload.write(bytes(200_000, 1));
            assertEquals(Set.of(), keys(""));
            assertFalse(store.exists(store.uriOf("s1/i1.dcm")));
        }
        assertEquals(Set.of(), keys(""));
    }

    @Test
    void commitsAnUploadOnlyOnce() throws IOException {
        try (Upload upload = store.begin()) {
            upload.write(1);
            upload.commit("once");
            assertThrows(IllegalStateException.class, () -> upload.commit("twice"));
        }
        assertEquals(Set.of("once"), keys(""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/etc/passwd", "../outside", "a/../../outside", "a//b", "a/", ".uploads/x", "a/.hidden",
            "a/./b", "a b", "a\\b", "ä", "a\nb", "a%2e%2e", "a?b", "a#b"})
    void refusesAKeyThatCouldLieOutsideTheStore(String key) throws IOException {
        assertThrows(IllegalArgumentException.class, () -> store.uriOf(key));
        try (Upload upload = store.begin()) {
            assertThrows(IllegalArgumentException.class, () -> upload.commit(key));
        }
    }

    @Test
    void refusesAUriOfAnotherPlace() {
        String base = store.uriOf("x").toString();
        base = base.substring(0, base.length() - 1);
        for (String uri : List.of("file:///etc/passwd", "s3://elsewhere/x", base + "../x", base + ".uploads/x", base)) {
            assertThrows(IllegalArgumentException.class, () -> store.open(URI.create(uri)), uri);
            assertThrows(IllegalArgumentException.class, () -> store.exists(URI.create(uri)), uri);
            assertThrows(IllegalArgumentException.class, () -> store.delete(URI.create(uri)), uri);
        }
    }

    @Test
    void saysThatAnObjectIsMissingInsteadOfReturningNothing() throws IOException {
        URI none = store.uriOf("s1/none");
        assertFalse(store.exists(none));
        assertThrows(ObjectNotFoundException.class, () -> store.open(none));
        assertThrows(ObjectNotFoundException.class, () -> store.read(none));
        store.delete(none);
    }

    @Test
    void listsEveryObjectOfAPrefixOverManyPages() throws IOException {
        Set<String> all = IntStream.range(0, 24).mapToObj(i -> "s" + i % 4 + "/i" + i).collect(Collectors.toSet());
        for (String key : all) {
            store.put(key, bytes(key.length(), 1));
        }
        assertEquals(all, keys(""));
        assertEquals(Set.of("s1/i1", "s1/i13", "s1/i17"), keys("s1/i1"));
        assertEquals(6, keys("s1/").size());
        assertEquals(Set.of(), keys("s1/i1/"));
        assertEquals(Set.of(), keys("none/"));
        try (Stream<StoredObject> found = store.list("s2/i22")) {
            StoredObject only = found.findFirst().orElseThrow();
            assertEquals(store.uriOf("s2/i22"), only.uri());
            assertEquals(6, only.bytes());
            assertTrue(only.written().toEpochMilli() > 0);
        }
    }

    @Test
    void forgetsADeletedObjectAndTakesItsKeyAgain() throws IOException {
        URI uri = store.put("s1/i1", bytes(10, 1));
        store.delete(uri);
        assertFalse(store.exists(uri));
        assertEquals(Set.of(), keys(""));
        assertEquals(uri, store.put("s1/i1", bytes(10, 2)));
        assertArrayEquals(bytes(10, 2), store.read(uri));
    }

    final Set<String> keys(String prefix) throws IOException {
        try (Stream<StoredObject> found = store.list(prefix)) {
            return found.map(StoredObject::key).collect(Collectors.toSet());
        }
    }

    static byte[] bytes(int size, int seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private interface Writer<T> {
        T write(int number) throws Exception;
    }

    /** Runs the writers at the same time; their results in order. */
    private static <T> List<T> race(Writer<T> writer) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        try {
            List<Callable<T>> calls = IntStream.range(0, WRITERS).<Callable<T>>mapToObj(i -> () -> writer.write(i)).toList();
            List<T> results = new ArrayList<>();
            for (Future<T> each : threads.invokeAll(calls)) {
                results.add(each.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
