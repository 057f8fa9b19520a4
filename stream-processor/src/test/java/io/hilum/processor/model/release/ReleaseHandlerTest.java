package io.hilum.processor.model.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.contracts.event.BundlePointer;
import io.hilum.contracts.event.ModelRelease;
import io.hilum.contracts.event.Slot;
import io.hilum.inference.BatcherOptions;
import io.hilum.inference.BundleRefusedException;
import io.hilum.inference.EngineIdentity;
import io.hilum.inference.InferenceEngine;
import io.hilum.model.input.Geometry;
import io.hilum.processor.TestImages;
import io.hilum.processor.model.FakeEngine;
import io.hilum.processor.model.ModelHost;
import io.hilum.processor.model.shadow.ShadowMeters;
import io.hilum.processor.model.shadow.Shadows;
import io.hilum.storage.ObjectStore;
import io.hilum.storage.ObjectStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseHandlerTest {

    @TempDir
    Path directory;

    private final SaidStatuses statuses = new SaidStatuses();
    private final List<String> said = statuses.said;
    private final Set<String> bad = new HashSet<>();
    private final List<FakeEngine> loaded = new ArrayList<>();
    private List<String> remarks = List.of();
    private int loads;
    private ModelHost host = new ModelHost(BatcherOptions.defaults(), engine -> { });

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void aBadBundleIsRefusedAndTheOldOneKeepsServing() {
        ReleaseHandler handler = handler(Set.of());
        handler.handle(release(1, "1", null, null));
        bad.add("2");
        handler.handle(release(2, "2", null, "1"));
        assertEquals("1", serving());
        assertEquals(List.of("active 1 SERVING", "active 2 REFUSED bundle 2 is bad.", "fallback 1 SERVING bundle 2 is bad."), said);
        assertEquals("bundle 2 is bad.", handler.trouble());
        assertFalse(loaded.get(0).closed.get());
    }

    @Test
    void aRestartAfterABadReleaseServesTheFallback() {
        bad.add("2");
        handler(Set.of()).handle(release(2, "2", null, "1"));
        assertEquals("1", serving());
        assertEquals(List.of("active 2 REFUSED bundle 2 is bad.", "fallback 1 SERVING bundle 2 is bad."), said);
    }

    @Test
    void nothingLoadableLeavesTheOldEngineOrSaysWhyNoneServes() {
        bad.addAll(Set.of("2", "3"));
        ReleaseHandler handler = handler(Set.of());
        assertEquals(LineHandler.Result.DONE, handler.handle(release(2, "2", null, "3")));
        assertTrue(host.serving().isEmpty());
        assertEquals("bundle 2 is bad. Its fallback: bundle 3 is bad. No model serves.", handler.trouble());
        handler.handle(release(3, "1", null, null));
        handler.handle(release(4, "2", null, "3"));
        assertEquals("1", serving());
        assertTrue(handler.trouble().endsWith("Model 1 goes on serving."), handler.trouble());
    }

    @Test
    void aStagedBundleIsWarmBeforeItServesAndIsNotLoadedTwice() {
        ReleaseHandler handler = handler(Set.of());
        handler.handle(release(1, "1", "2", null));
        assertEquals(List.of("active 1 SERVING", "staged 2 LOADED"), statuses.now(), "neither wipes out the other");
        assertEquals("1", serving());
        handler.handle(release(2, "2", null, "1"));
        assertEquals("2", serving());
        assertEquals(List.of("active 2 SERVING"), statuses.now());
        assertEquals(2, loaded.size());
        org.awaitility.Awaitility.await().untilTrue(loaded.get(0).closed);
    }

    @Test
    void theSameReleaseAgainLoadsNothingAgain() {
        ReleaseHandler handler = handler(Set.of());
        handler.handle(release(1, "1", null, null));
        handler.handle(release(1, "1", null, null));
        assertEquals(1, loaded.size());
    }

    @Test
    void theReasonForASlowEngineIsToldOnceALineEach() {
        remarks = List.of("No GPU is\n  there.", "int8 fails its self-test.");
        List<String> logged = new ArrayList<>();
        Logger log = Logger.getLogger(BundleLoader.class.getName());
        Handler recorder = new LogRecorder(logged);
        log.addHandler(recorder);
        try {
            ReleaseHandler handler = handler(Set.of());
            handler.handle(release(1, "1", null, null));
            handler.handle(release(1, "1", null, null));
        } finally {
            log.removeHandler(recorder);
        }
        assertEquals(List.of("Bundle 1 runs on fake cpu: No GPU is there.", "Bundle 1 runs on fake cpu: int8 fails its self-test."),
                logged.stream().filter(line -> line.startsWith("Bundle")).toList());
    }

    @Test
    void aFurtherLineJoinsAndLeavesWithoutTouchingTheOther() {
        ReleaseHandler handler = handler(Set.of());
        handler.handle(release(1, "1", null, null));
        handler.handle(release("bones", 1, "1", null, null));
        assertEquals(List.of("bones 1", "chest 1"), host.serving().stream().map(engine -> engine.line() + " " + engine.version()).toList());
        handler.remove("bones");
        assertEquals(List.of("chest"), host.serving().stream().map(EngineIdentity::line).toList());
        assertTrue(loaded.get(1).closed.get());
        assertFalse(loaded.get(0).closed.get());
        assertEquals(List.of("active 1 SERVING"), statuses.now());
    }

    @Test
    void aLineThatIsNotWantedIsNeitherLoadedNorHeldAgainstItsRelease() {
        ReleaseHandler handler = handler(Set.of("chest"));
        assertTrue(handler.trouble().contains("The line chest is to be served"), handler.trouble());
        assertEquals(LineHandler.Result.DONE, handler.handle(release("bones", 1, "1", null, null)));
        assertTrue(host.serving().isEmpty());
        assertFalse(handler.isReady());
        assertEquals(List.of(), said);
        handler.handle(release(1, "1", null, null));
        assertTrue(handler.isReady());
        assertEquals("", handler.trouble());
    }

    @Test
    void aBundleOfAnotherLineDoesNotTakeThatLinesPlace() {
        ReleaseHandler handler = handler(Set.of());
        handler.handle(release(1, "1", null, null));
        ModelRelease mixedUp = release(1, "2", null, null).toBuilder().setLine("bones").build();
        handler.handle(mixedUp);
        assertEquals("1", serving());
        assertTrue(handler.trouble().contains("is of the line chest, and was released for the line bones"), handler.trouble());
        assertTrue(loaded.get(1).closed.get());
    }

    @Test
    void aRefusedBundleIsNotLoadedAgainWhileItsReleaseStands() {
        bad.add("2");
        ReleaseHandler handler = handler(Set.of());
        handler.handle(release(1, "1", null, null));
        ModelRelease release = release(2, "2", null, "1").toBuilder().setStaged(remote("3")).build();
        assertEquals(LineHandler.Result.TRY_AGAIN_LATER, handler.handle(release));
        int attempts = loads;
        assertEquals(LineHandler.Result.TRY_AGAIN_LATER, handler.handle(release));
        assertEquals(attempts, loads);
        bad.clear();
        handler.handle(release(3, "2", null, "1"));
        assertEquals("2", serving(), "another release is another chance");
    }

    @Test
    void aStagedBundleIsAnsweredForInEveryGenerationThatAsks() {
        List<Long> generations = new ArrayList<>();
        ReleaseHandler handler = new ReleaseHandler(Set.of(), host, new BundleLoader(new BundleFetcher(directory), this::load),
                new StatusBoard("here", Set.of(), Duration.ofHours(1), (key, status) -> {
                    if (status != null && status.getSlot() == Slot.STAGED) {
                        generations.add(status.getGeneration());
                    }
                }, () -> 1), shadows());
        handler.handle(release(1, "1", "2", null));
        handler.handle(release(2, "1", "2", null));
        assertEquals(List.of(1L, 2L), generations);
        assertEquals(2, loaded.size(), "but loaded once");
    }

    @Test
    void aCandidateThatIsTakenBackLeavesNoMemoryAndNoWord() {
        ReleaseHandler handler = handler(Set.of());
        handler.handle(release(1, "1", "2", null));
        handler.handle(release(2, "1", null, null));
        assertTrue(loaded.get(1).closed.get());
        assertEquals(List.of("active 1 SERVING"), statuses.now());
    }

    @Test
    void aCandidateInShadowServesNobodyUntilItIsPromoted() {
        ReleaseHandler handler = handler(Set.of());
        handler.handle(release(1, "1", "2", null).toBuilder().setShadow(true).build());
        assertEquals("1", serving());
        handler.handle(release(2, "2", null, "1"));
        assertEquals("2", serving());
        assertFalse(loaded.get(1).closed.get(), "the shadow gave its engine away and did not close it");
    }

    @Test
    void aFirstBundleThatIsOnlyStagedDoesNotServe() {
        ReleaseHandler handler = handler(Set.of());
        handler.handle(release(1, "1", "1", null).toBuilder().clearActive().build());
        assertEquals("nothing", serving());
        assertFalse(handler.isReady());
        assertEquals(List.of("staged 1 LOADED"), statuses.now());
        handler.handle(release(2, "1", null, null));
        assertEquals("1", serving());
        assertEquals(1, loaded.size());
    }

    @Test
    void aStoreThatIsDownIsTriedAgainAndNotHeldAgainstTheBundle() {
        ReleaseHandler handler = handler(Set.of());
        ModelRelease remote = release(1, "1", null, null);
        remote = remote.toBuilder().setActive(remote.getActive().toBuilder()
                .setUri("s3://bucket/models/1?endpoint=http://127.0.0.1:1&region=x&pathStyle=true")).build();
        assertEquals(LineHandler.Result.TRY_AGAIN_LATER, handler.handle(remote));
        assertTrue(handler.trouble().endsWith("It is tried again. No model serves."), handler.trouble());
        assertTrue(said.stream().allMatch(word -> word.startsWith("active 1 UNREACHABLE")), said.toString());
    }

    @Test
    void anUnreachableStagedBundleDoesNotKeepTheActiveOneFromServing() {
        ReleaseHandler handler = handler(Set.of());
        ModelRelease release = release(1, "1", null, null).toBuilder().setStaged(remote("2")).build();
        assertEquals(LineHandler.Result.TRY_AGAIN_LATER, handler.handle(release));
        assertEquals("1", serving());
        assertTrue(handler.trouble().startsWith("Bundle 2 of release chest 1 cannot be fetched"), handler.trouble());
        handler.handle(release);
        assertEquals(List.of("active 1 SERVING", "staged 2 UNREACHABLE"),
                said.stream().map(word -> word.split(" Bundle")[0]).toList(), "said once");
    }

    @Test
    void anUnreachableActiveBundleDoesNotKeepTheFallbackFromServing() {
        ReleaseHandler handler = handler(Set.of());
        ModelRelease release = release(2, "2", null, "1").toBuilder().setActive(remote("2")).build();
        assertEquals(LineHandler.Result.TRY_AGAIN_LATER, handler.handle(release));
        assertEquals("1", serving());
        assertEquals(LineHandler.Result.DONE, handler.handle(release(2, "2", null, "1")), "reachable again");
        assertEquals("2", serving());
        assertEquals("", handler.trouble());
    }

    @Test
    void aDamagedCopyIsNotHeldAgainstTheBundle() throws IOException {
        BundlePointer remote = remote("2");
        Path cached = Files.createDirectories(directory.resolve(remote.getSha256()));
        AtomicInteger loads = new AtomicInteger();
        ReleaseHandler handler = new ReleaseHandler(Set.of(), host, new BundleLoader(new BundleFetcher(directory), (folder, sha256) -> {
            loads.incrementAndGet();
            throw new BundleRefusedException("a file is cut short.");
        }), statuses.board(), shadows());
        ModelRelease release = release(2, "2", null, null).toBuilder().setActive(remote).build();
        assertEquals(LineHandler.Result.TRY_AGAIN_LATER, handler.handle(release), "its store is down just now");
        assertEquals(1, loads.get());
        assertFalse(Files.exists(cached));
        assertTrue(said.stream().allMatch(word -> word.startsWith("active 2 UNREACHABLE")), said.toString());
    }

    @Test
    void aPointerToNowhereIsRefusedAndDoesNotEndTheThread() {
        ReleaseHandler handler = handler(Set.of());
        ModelRelease release = release(1, "1", null, null);
        handler.handle(release.toBuilder().setActive(release.getActive().toBuilder().setUri("")).build());
        handler.handle(release.toBuilder().setActive(release.getActive().toBuilder().setSha256("../x")).build());
        assertTrue(said.get(0).contains("is no URI of a folder"), said.get(0));
        assertTrue(said.get(1).contains("without a SHA-256"), said.get(1));
    }

    @Test
    void aStoreIsOpenedByTheBundlesFolder() throws IOException {
        // What BundleFetcher relies on for remote stores: a store opened at a folder lists that folder.
        Path folder = Files.createDirectories(directory.resolve("models/1"));
        try (ObjectStore store = ObjectStores.open(folder.toUri())) {
            store.put("bundle.json", new byte[] {1});
            assertEquals(List.of("bundle.json"), store.list("").map(object -> object.key()).toList());
        }
    }

    private ReleaseHandler handler(Set<String> lines) {
        return new ReleaseHandler(lines, host, new BundleLoader(new BundleFetcher(directory), this::load), statuses.board(), shadows());
    }

    private static Shadows shadows() {
        return new Shadows(BatcherOptions.defaults(), compared -> { }, new ShadowMeters(new SimpleMeterRegistry()));
    }

    private InferenceEngine load(Path folder, String sha256) throws BundleRefusedException {
        loads++;
        String version = folder.getFileName().toString();
        if (bad.contains(version)) {
            throw new BundleRefusedException("bundle " + version + " is bad.");
        }
        FakeEngine engine = new FakeEngine(folder.getParent().getFileName().toString(), version, Geometry.STRETCH, 224);
        engine.remarks = remarks;
        loaded.add(engine);
        return engine;
    }

    private static ModelRelease release(long generation, String active, String staged, String fallback) {
        return release("chest", generation, active, staged, fallback);
    }

    private static ModelRelease release(String line, long generation, String active, String staged, String fallback) {
        ModelRelease.Builder release = ModelRelease.newBuilder()
                .setLine(line).setGeneration(generation).setActive(pointer(line, active));
        if (staged != null) {
            release.setStaged(pointer(line, staged));
        }
        if (fallback != null) {
            release.setFallback(pointer(line, fallback));
        }
        return release.build();
    }

    private static BundlePointer pointer(String line, String version) {
        return BundlePointer.newBuilder().setUri("file:///bundles/" + line + "/" + version).setVersion(version)
                .setSha256(TestImages.sha256(line + version)).build();
    }

    private static BundlePointer remote(String version) {
        return pointer("chest", version).toBuilder()
                .setUri("s3://bucket/models/" + version + "?endpoint=http://127.0.0.1:1&region=x&pathStyle=true").build();
    }

    private String serving() {
        return host.serving("chest").map(EngineIdentity::version).orElse("nothing");
    }
}
