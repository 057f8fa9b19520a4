package io.hilum.quickstart.layout;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The design's table: each module, its package, and which modules of ours it may depend on.
 *
 * <p>To change the house, change this table, and say why in the commit.
 */
final class House {

    /**
     * @param packageName what all its packages begin with; null where it has no Java of its own
     * @param main modules it may depend on
     * @param test modules it may depend on in its tests, besides
     */
    record Room(String packageName, Set<String> main, Set<String> test) {}

    private static final Set<String> NOTHING = Set.of();
    private static final Set<String> LIBS = Set.of(
            "libs/contracts", "libs/imaging", "libs/storage", "libs/model", "libs/inference", "libs/phantoms", "libs/embedded",
            "libs/tracing");
    private static final Set<String> SERVICES = Set.of("dicom-ingest", "stream-processor", "results-sink");

    static final Map<String, Room> ROOMS = new TreeMap<>(Map.ofEntries(
            room("libs/contracts", "contracts", NOTHING, Set.of("libs/embedded")),
            room("libs/imaging", "imaging", NOTHING, NOTHING),
            room("libs/storage", "storage", NOTHING, NOTHING),
            room("libs/model", "model", NOTHING, NOTHING),
            room("libs/inference", "inference", Set.of("libs/model"), NOTHING),
            room("libs/phantoms", "phantoms", Set.of("libs/imaging"), NOTHING),
            room("libs/embedded", "embedded", NOTHING, NOTHING),
            room("libs/tracing", "tracing", Set.of("libs/contracts"), NOTHING),
            room("dicom-ingest", "ingest", Set.of("libs/contracts", "libs/imaging", "libs/storage", "libs/tracing"),
                    Set.of("libs/phantoms", "libs/embedded")),
            room("stream-processor", "processor", Set.of("libs/contracts", "libs/inference", "libs/model", "libs/storage", "libs/tracing"),
                    Set.of("libs/embedded")),
            room("results-sink", "sink", Set.of("libs/contracts", "libs/imaging", "libs/storage", "libs/tracing"),
                    Set.of("libs/embedded")),
            room("trainer", "trainer",
                    Set.of("libs/contracts", "libs/imaging", "libs/model", "libs/storage", "libs/phantoms"), NOTHING),
            room("exporter", "exporter", Set.of("libs/contracts", "libs/model", "libs/inference", "libs/storage"),
                    Set.of("libs/embedded")),
            room("quickstart", "quickstart", union(LIBS, SERVICES, Set.of("exporter")), NOTHING),
            room("benchmarks", "benchmarks", union(LIBS, SERVICES, Set.of("exporter", "trainer", "quickstart")), NOTHING),
            room("k8s", "k8s", NOTHING, Set.of("libs/contracts", "libs/embedded", "libs/phantoms", "exporter"))));

    private House() {}

    /** The module that owns a package of ours, or null. */
    static String ownerOf(String packageOrClass) {
        return ROOMS.entrySet().stream()
                .filter(room -> (packageOrClass + ".").startsWith(room.getValue().packageName() + "."))
                .map(Map.Entry::getKey).findFirst().orElse(null);
    }

    private static Map.Entry<String, Room> room(String folder, String name, Set<String> main, Set<String> test) {
        return Map.entry(folder, new Room("io.hilum." + name, main, test));
    }

    @SafeVarargs
    private static Set<String> union(Set<String>... sets) {
        Set<String> all = new HashSet<>();
        Arrays.stream(sets).forEach(all::addAll);
        return all;
    }
}
