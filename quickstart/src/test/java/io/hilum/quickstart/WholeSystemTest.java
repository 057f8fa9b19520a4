package io.hilum.quickstart;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.hilum.contracts.Disclaimer;
import io.hilum.contracts.event.Priority;
import io.hilum.contracts.event.StudyFindings;
import io.hilum.imaging.net.FileSender;
import io.hilum.imaging.net.ScuOptions;
import io.hilum.imaging.net.StoreOutcome;
import io.hilum.quickstart.check.FindingsWatcher;
import io.hilum.quickstart.check.SinkClient;
import io.hilum.quickstart.house.House;
import io.hilum.quickstart.house.HouseOptions;
import io.hilum.quickstart.house.Ports;
import io.hilum.quickstart.samples.SampleStudies;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The house as a hospital meets it: a real broker, a real PostgreSQL, the packaged services, a foreign
 * sender, a real browser. One house for all tests of the class, because its start costs half a minute.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WholeSystemTest {

    private static final Duration SOON = Duration.ofSeconds(120);

    /** Spans go to a collector that is not there: nothing may wait for it. The door records none. */
    private static final Map<String, String> DEAD_COLLECTOR = Map.of("otel.exporter.otlp.endpoint", "http://127.0.0.1:9");

    @TempDir
    static Path folder;

    private static House house;
    private static FindingsWatcher watcher;
    private static SinkClient sink;

    @BeforeAll
    static void start() throws Exception {
        Path root = Path.of(System.getProperty("hilum.root")).toAbsolutePath().normalize();
        HouseOptions options = new HouseOptions(
                root, folder.resolve("data"), root.resolve("quickstart/demo-model"), Ports.free(),
                HouseOptions.START_LIMIT, Map.of(House.PROCESSOR, DEAD_COLLECTOR, House.SINK, DEAD_COLLECTOR));
        house = House.start(options, System.out::println);
        watcher = new FindingsWatcher(house.bootstrap());
        sink = new SinkClient(house.http(House.SINK));
    }

    @AfterAll
    static void stop() throws Exception {
        if (watcher != null) {
            watcher.close();
        }
        if (house != null) {
            house.close();
        }
    }

    @Test
    @Order(1)
    void losesNoSampleStudyBetweenDoorAndDatabase() throws Exception {
        List<Path> files = SampleStudies.write(folder.resolve("samples-1"), 8, 1L, System.out::println);
        List<StoreOutcome> outcomes = new FileSender(door("SAMPLES")).send(files, progress -> { });

        assertTrue(outcomes.stream().allMatch(StoreOutcome::stored), () -> outcomes.toString());
        Set<String> images = outcomes.stream().map(StoreOutcome::sopInstanceUid).collect(Collectors.toSet());
        await().atMost(SOON).untilAsserted(() -> {
            house.requireAllAlive();
            watcher.requireHealthy();
            assertTrue(watcher.images().containsAll(images));
        });
        for (String study : watcher.studyOf(images)) {
            await().atMost(SOON).untilAsserted(() -> assertTrue(sink.study(study).isPresent()));
            StudyFindings findings = watcher.newest(study);
            assertTrue(findings.getSynthetic(), "a phantom must say that it is synthetic");
            assertTrue(findings.getLines(0).getModel().getNotice().toLowerCase().contains("synthetic"));
            assertEquals(5, findings.getLines(0).getFindingsCount());
            assertTrue(findings.getDisclaimer().contains(Disclaimer.TEXT));
        }
        Map<String, String> traces = TraceReader.ofImages(house.bootstrap(), images);
        assertEquals(images.size(), Set.copyOf(traces.values()).size(), "each image has a trace of its own");
        assertFalse(traces.containsValue(""));
        assertEquals(traces, TraceReader.ofFindings(house.bootstrap(), images), "from the door to its finding");
    }

    /** Good, foreign and broken files: each ends as findings, as a refusal or in quarantine, with its reason. */
    @Test
    @Order(2)
    void leavesNoFileOfAForeignSenderWithoutAnAnswer() throws Exception {
        Path shared = SharedFiles.dicom();
        Dcmsend.require();
        List<Path> all = new ArrayList<>(SharedFiles.in(shared));
        all.addAll(SharedFiles.in(shared.resolve("not-chest")));
        all.addAll(SharedFiles.in(shared.resolve("broken")));

        Map<String, Fate> waiting = new TreeMap<>();
        for (int i = 0; i < all.size(); i++) {
            Fate fate = new Fate(all.get(i), "F%02d".formatted(i));
            fate.send(house);
            waiting.put(fate.sender(), fate);
        }
        await().atMost(SOON).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
            house.requireAllAlive();
            JsonNode refused = sink.refused().path("refused");
            waiting.values().removeIf(fate -> fate.settled(watcher, refused));
            assertTrue(waiting.isEmpty(), () -> "without an answer: " + waiting.values());
        });
    }

    @Test
    @Order(3)
    void givesNoPriorityToARealStudyByAModelTrainedOnSyntheticImages() throws Exception {
        Path real = SharedFiles.in(SharedFiles.dicom()).get(0);
        StoreOutcome outcome = new FileSender(door("REAL")).send(List.of(real), progress -> { }).get(0);
        assertTrue(outcome.stored(), outcome::sentence);
        await().atMost(SOON).untilAsserted(() -> assertTrue(watcher.images().contains(outcome.sopInstanceUid())));

        StudyFindings findings = watcher.newest(watcher.studyOf(Set.of(outcome.sopInstanceUid())).iterator().next());

        assertFalse(findings.getSynthetic());
        assertEquals(Priority.PRIORITY_NONE, findings.getPriority().getPriority());
        assertTrue(findings.getPriority().getRule().toLowerCase().contains("synthetic"), findings.getPriority().getRule());
    }

    @Test
    @Order(4)
    void showsTheStudiesOnThePageOfARealBrowser() throws Exception {
        try (Browser browser = Browser.open()) {
            String page = browser.text(house.http(House.SINK).toString(), "table tbody tr");
            assertTrue(page.contains(Disclaimer.TEXT) || page.toLowerCase().contains("not a diagnosis"), page);
            int rows = sink.worklist().path("studies").size();
            assertTrue(rows >= 8, () -> "only " + rows + " studies on the worklist");
            assertTrue(browser.count("table tbody tr") >= Math.min(rows, 8), page);
        }
    }

    @Test
    @Order(5)
    void losesNothingWhenEveryServiceIsKilledAndStartedAgain() throws Exception {
        List<Path> files = SampleStudies.write(folder.resolve("samples-2"), 12, 2L, System.out::println);
        FileSender sender = new FileSender(door("KILLED"));
        List<StoreOutcome> first = sender.send(files.subList(0, 8), progress -> { });
        for (String service : List.of(House.PROCESSOR, House.INGEST, House.SINK)) {
            house.process(service).kill();
        }
        for (String service : List.of(House.INGEST, House.PROCESSOR, House.SINK)) {
            house.restart(service);
        }
        List<StoreOutcome> rest = sender.send(files.subList(8, 12), progress -> { });

        Set<String> acknowledged = new java.util.HashSet<>();
        first.forEach(outcome -> acknowledged.add(outcome.sopInstanceUid()));
        rest.forEach(outcome -> acknowledged.add(outcome.sopInstanceUid()));
        assertEquals(12, acknowledged.size());
        await().atMost(SOON).untilAsserted(() -> assertTrue(watcher.images().containsAll(acknowledged)));
        for (String study : watcher.studyOf(acknowledged)) {
            await().atMost(SOON).untilAsserted(() -> assertTrue(sink.study(study).isPresent()));
        }
        assertEquals(0, watcher.repeatedRevisions(), "a read-committed subscriber saw a revision twice");
    }

    private static ScuOptions door(String callingAe) {
        return ScuOptions.to("127.0.0.1", house.ports().dicom(), "HILUM", callingAe);
    }
}
