package io.hilum.processor.swap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hilum.contracts.event.BundlePointer;
import io.hilum.contracts.event.LineFindings;
import io.hilum.contracts.event.ModelRelease;
import io.hilum.contracts.topic.TopicAdmin;
import io.hilum.contracts.topic.Topics;
import io.hilum.embedded.BrokerProcess;
import io.hilum.processor.TestImages;
import io.hilum.processor.TestOptions;
import io.hilum.processor.broker.Sender;
import io.hilum.processor.chaos.FindingsReader;
import io.hilum.processor.event.MicroClock;
import io.hilum.processor.model.Canvases;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.common.GroupState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three instances, each a JVM of its own, on one broker, all parts real but the engine. They stay up from one test to the
 * next; each test sends studies of its own and begins with a release that every instance serves. In order, because the
 * fourth one, once it is there, cannot join any more; each test also runs alone.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ThreeInstancesTest {

    private static final int PARTITIONS = 4;
    private static final int IMAGES_EACH = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final List<String> NAMES = List.of("a", "b", "c");
    /** Of the fourth one, which has no plan for version 4. */
    private static final String FOURTH = "d";

    @TempDir
    static Path directory;

    private final Map<String, Instance> instances = new LinkedHashMap<>();
    private BrokerProcess broker;
    private FindingsReader findings;
    private StatusReader statuses;
    private long generation;
    private int studies;

    @BeforeAll
    void start() throws Exception {
        for (String version : List.of("1", "3", "4")) {
            PixelEngine.write(bundle(version), version);
        }
        PixelEngine.write(bundle("2"), "bad 2");
        broker = BrokerProcess.start(directory.resolve("broker"));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            new TopicAdmin(admin, PARTITIONS, (short) 1).createAndCheck();
        }
        findings = new FindingsReader(broker.bootstrapServers(), PARTITIONS);
        statuses = new StatusReader(broker.bootstrapServers());
        release("1", "", "");
        NAMES.forEach(name -> launch(name, "-"));
    }

    @AfterAll
    void stop() {
        instances.values().forEach(Instance::close);
        Stream.of(findings, statuses, broker).forEach(part -> {
            try {
                part.close();
            } catch (Exception failed) {
                throw new IllegalStateException(failed);
            }
        });
    }

    @Test
    @Order(1)
    void afterABadReleaseAndTheDeathOfAllInstancesNeitherScoringStopsNorTheBadModelServes() throws Exception {
        serve("1");
        int from = studies;
        send(20);
        release("2", "", "1");
        send(20);
        awaitSaid("2 REFUSED", "active", NAMES);
        awaitSaid("1 SERVING", "fallback", NAMES);
        send(20);
        awaitAll("the fallback goes on scoring");
        send(20);
        NAMES.forEach(name -> instances.get(name).kill());
        long killed = MicroClock.SYSTEM.micros();
        send(20);
        NAMES.forEach(name -> instances.get(name).start());
        await("the fallback on every instance after the restart", () -> NAMES.stream().allMatch(name ->
                statuses.said(name, "fallback", generation, killed).equals("1 SERVING")
                        && statuses.said(name, "active", generation, killed).equals("2 REFUSED")));
        send(20);
        awaitAll("all images of before, between and after the kill");
        assertEquals(List.of(), differences(from, Set.of("1"), NAMES));
    }

    @Test
    @Order(2)
    void anInstanceThatJoinsInMidReleaseNeitherLosesNorRepeatsNorKeepsTheOldModel() throws Exception {
        serve("1");
        int from = studies;
        send(20);
        release("1", "3", "");
        launch(FOURTH, "4");
        send(20);
        List<String> four = Stream.concat(NAMES.stream(), Stream.of(FOURTH)).toList();
        awaitSaid("3 LOADED", "staged", four);
        // The fourth one begins to take partitions over at this moment.
        release("3", "", "1");
        send(20);
        awaitSaid("3 SERVING", "active", four);
        awaitAll("all images of the release");
        assertEquals(List.of(), differences(from, Set.of("1", "3"), four));
        int after = studies;
        send(20);
        awaitAll("all images after the release");
        assertEquals(List.of(), differences(after, Set.of("3"), four));
    }

    @Test
    @Order(3)
    void anInstanceWithoutAPlanServesTheFallbackAndItsFindingsSaySo() throws Exception {
        launch(FOURTH, "4");
        serve("3");
        int from = studies;
        send(20);
        release("3", "4", "");
        awaitSaid("4 LOADED", "staged", NAMES);
        awaitSaid("4 REFUSED", "staged", List.of(FOURTH));
        assertEquals("There is no plan of 4 for the device of d.", statuses.reason(FOURTH, "staged"));
        release("4", "", "3");
        send(20);
        awaitSaid("4 SERVING", "active", NAMES);
        awaitSaid("4 REFUSED", "active", List.of(FOURTH));
        awaitSaid("3 SERVING", "fallback", List.of(FOURTH));
        awaitAll("all images of the release");
        List<String> four = Stream.concat(NAMES.stream(), Stream.of(FOURTH)).toList();
        assertEquals(List.of(), differences(from, Set.of("3", "4"), four));
        awaitPartitionsOf(FOURTH);
        int after = studies;
        send(60);
        awaitAll("all images after the release");
        assertEquals(List.of(), SwapLedger.differences(findings.byStudy(), after, studies, IMAGES_EACH, Set.of("3", "4"),
                (version, engine) -> version.equals(engine.equals("pixels on d") ? "3" : "4")));
        Set<String> makers = new TreeSet<>();
        for (int study = after; study < studies; study++) {
            makers.addAll(findings.byStudy().get(TestImages.study(study)).get(IMAGES_EACH - 1).getLinesList().stream()
                    .map(LineFindings::getModel).map(model -> model.getVersion()).collect(Collectors.toSet()));
        }
        assertEquals(Set.of("3", "4"), makers, "the fourth instance has partitions of its own");
    }

    /** Every instance that runs serves this version. */
    private void serve(String version) throws IOException {
        release(version, "", "");
        awaitSaid(version + " SERVING", "active", List.copyOf(instances.keySet()));
    }

    /** Starts an instance that does not run yet. */
    private void launch(String name, String refuses) {
        instances.computeIfAbsent(name, missing -> {
            Instance instance = new Instance(broker.bootstrapServers(), directory, name, refuses);
            instance.start();
            return instance;
        });
    }

    private void release(String active, String staged, String fallback) {
        ModelRelease.Builder release = ModelRelease.newBuilder()
                .setLine(PixelEngine.LINE).setGeneration(++generation).setActive(pointer(active));
        if (!staged.isEmpty()) {
            release.setStaged(pointer(staged));
        }
        if (!fallback.isEmpty()) {
            release.setFallback(pointer(fallback));
        }
        try (Sender models = new Sender(broker.bootstrapServers(), Topics.MODELS)) {
            models.send(PixelEngine.LINE, release.build());
        }
    }

    private static BundlePointer pointer(String version) {
        return BundlePointer.newBuilder().setUri(bundle(version).toUri().toString()).setVersion(version)
                .setSha256(TestImages.sha256(version)).build();
    }

    private static Path bundle(String version) {
        return directory.resolve("models").resolve(version);
    }

    private void send(int more) throws IOException {
        try (Sender images = new Sender(broker.bootstrapServers(), Topics.IMAGES)) {
            for (int image = 0; image < IMAGES_EACH; image++) {
                for (int study = studies; study < studies + more; study++) {
                    images.send(TestImages.study(study), TestImages.image(study, image)
                            .setCanvas(Canvases.of(32, 40, SwapLedger.grey(study, image))).build());
                }
            }
        }
        studies += more;
    }

    private void awaitSaid(String words, String slot, List<String> names) throws IOException {
        await(words + " of the " + slot + " slot of generation " + generation + " by " + names,
                () -> names.stream().allMatch(name -> statuses.said(name, slot, generation, 0).equals(words)));
    }

    /** The group is at rest and this instance's threads have images to read: it says what it serves before it joins. */
    private void awaitPartitionsOf(String name) throws IOException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            await("partitions for " + name, () -> {
                ConsumerGroupDescription group = group(admin);
                return group.groupState() == GroupState.STABLE && group.members().stream()
                        .filter(member -> member.groupInstanceId().orElse("").startsWith(name + "-"))
                        .flatMap(member -> member.assignment().topicPartitions().stream())
                        .anyMatch(partition -> partition.topic().equals(Topics.IMAGES.name()));
            });
        }
    }

    private static ConsumerGroupDescription group(Admin admin) {
        String id = TestOptions.streams("", directory).applicationId();
        try {
            return admin.describeConsumerGroups(List.of(id)).describedGroups().get(id).get();
        } catch (InterruptedException | ExecutionException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private void awaitAll(String what) throws IOException {
        await(what, () -> {
            findings.readUntil(seen -> seen.records() >= studies * IMAGES_EACH, Duration.ofMillis(200));
            return findings.records() >= studies * IMAGES_EACH;
        });
        // What was repeated would stand behind: one more look.
        findings.readUntil(seen -> false, Duration.ofMillis(300));
    }

    private List<String> differences(int from, Set<String> versions, List<String> makers) {
        return SwapLedger.differences(findings.byStudy(), from, studies, IMAGES_EACH, versions,
                (version, engine) -> versions.contains(version) && makers.stream().anyMatch(maker -> engine.equals("pixels on " + maker)));
    }

    private void await(String what, BooleanSupplier condition) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            statuses.readOn();
            if (System.nanoTime() > end) {
                StringBuilder words = new StringBuilder("No " + what + ". Findings: " + findings.records() + " of "
                        + studies * IMAGES_EACH + ". Statuses: " + statuses);
                for (Instance instance : instances.values()) {
                    words.append(System.lineSeparator()).append(instance.lastWords());
                }
                throw new AssertionError(words.toString());
            }
        }
    }
}
