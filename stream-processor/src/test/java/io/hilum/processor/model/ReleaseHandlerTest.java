package io.hilum.processor.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.contracts.event.BundlePointer;
import io.hilum.contracts.event.ModelRelease;
import io.hilum.inference.BatcherOptions;
import io.hilum.inference.BundleRefusedException;
import io.hilum.inference.EngineIdentity;
import io.hilum.inference.InferenceEngine;
import io.hilum.processor.TestImages;
import io.hilum.storage.ObjectStore;
import io.hilum.storage.ObjectStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
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

    private final List<String> said = new ArrayList<>();
    private final Set<String> bad = new HashSet<>();
    private final List<FakeEngine> loaded = new ArrayList<>();
    private List<String> remarks = List.of();
    private ModelHost host = new ModelHost(BatcherOptions.defaults(), engine -> { });

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void aBadBundleIsRefusedAndTheOldOneKeepsServing() {
        ReleaseHandler handler = handler(Optional.empty());
        handler.handle(release(1, "1", null, null));
        bad.add("2");
        handler.handle(release(2, "2", null, "1"));
        assertEquals("1", serving());
        assertEquals(List.of("1 LOADED", "1 SERVING", "2 REFUSED bundle 2 is bad.", "1 SERVING bundle 2 is bad."), said);
        assertEquals("bundle 2 is bad.", handler.trouble());
        assertFalse(loaded.get(0).closed.get());
    }

    @Test
    void aRestartAfterABadReleaseServesTheFallback() {
        bad.add("2");
        handler(Optional.empty()).handle(release(2, "2", null, "1"));
        assertEquals("1", serving());
        assertEquals(List.of("2 REFUSED bundle 2 is bad.", "1 LOADED", "1 SERVING bundle 2 is bad."), said);
    }

    @Test
    void nothingLoadableLeavesTheOldEngineOrSaysWhyNoneServes() {
        bad.addAll(Set.of("2", "3"));
        ReleaseHandler handler = handler(Optional.empty());
        assertEquals(ReleaseHandler.Result.DONE, handler.handle(release(2, "2", null, "3")));
        assertTrue(host.serving().isEmpty());
        assertEquals("bundle 2 is bad. Its fallback: bundle 3 is bad. No model serves.", handler.trouble());
        handler.handle(release(3, "1", null, null));
        handler.handle(release(4, "2", null, "3"));
        assertEquals("1", serving());
        assertTrue(handler.trouble().endsWith("Model 1 goes on serving."), handler.trouble());
    }

    @Test
    void aStagedBundleIsWarmBeforeItServesAndIsNotLoadedTwice() {
        ReleaseHandler handler = handler(Optional.empty());
        handler.handle(release(1, "1", "2", null));
        assertEquals(List.of("1 LOADED", "1 SERVING", "2 LOADED"), said);
        assertEquals("1", serving());
        handler.handle(release(2, "2", null, "1"));
        assertEquals("2", serving());
        assertEquals(2, loaded.size());
        org.awaitility.Awaitility.await().untilTrue(loaded.get(0).closed);
    }

    @Test
    void theSameReleaseAgainLoadsNothingAgain() {
        ReleaseHandler handler = handler(Optional.empty());
        handler.handle(release(1, "1", null, null));
        handler.handle(release(1, "1", null, null));
        assertEquals(1, loaded.size());
    }

    @Test
    void theReasonForASlowEngineIsToldOnceALineEach() {
        remarks = List.of("No GPU is\n  there.", "int8 fails its self-test.");
        List<String> logged = new ArrayList<>();
        Logger log = Logger.getLogger(ReleaseHandler.class.getName());
        Handler recorder = new LogRecorder(logged);
        log.addHandler(recorder);
        try {
            ReleaseHandler handler = handler(Optional.empty());
            handler.handle(release(1, "1", null, null));
            handler.handle(release(1, "1", null, null));
        } finally {
            log.removeHandler(recorder);
        }
        assertEquals(List.of("Bundle 1 runs on fake cpu: No GPU is there.", "Bundle 1 runs on fake cpu: int8 fails its self-test."),
                logged.stream().filter(line -> line.startsWith("Bundle")).toList());
    }

    @Test
    void aSecondLineIsRefusedWithTheReasonAndNotMixedIn() {
        ReleaseHandler handler = handler(Optional.of("chest"));
        handler.handle(release(1, "1", null, null).toBuilder().setLine("bones").build());
        assertTrue(host.serving().isEmpty());
        assertEquals(List.of("1 REFUSED This instance serves the model line chest; one line is served today."), said);
    }

    @Test
    void aStoreThatIsDownIsTriedAgainAndNotHeldAgainstTheBundle() {
        ReleaseHandler handler = handler(Optional.empty());
        ModelRelease remote = release(1, "1", null, null);
        remote = remote.toBuilder().setActive(remote.getActive().toBuilder()
                .setUri("s3://bucket/models/1?endpoint=http://127.0.0.1:1&region=x&pathStyle=true")).build();
        assertEquals(ReleaseHandler.Result.TRY_AGAIN_LATER, handler.handle(remote));
        assertTrue(handler.trouble().endsWith("It is tried again."), handler.trouble());
        assertEquals(List.of(), said);
    }

    @Test
    void anUnreachableStagedBundleDoesNotKeepTheActiveOneFromServing() {
        ReleaseHandler handler = handler(Optional.empty());
        ModelRelease release = release(1, "1", null, null).toBuilder().setStaged(remote("2")).build();
        assertEquals(ReleaseHandler.Result.TRY_AGAIN_LATER, handler.handle(release));
        assertEquals("1", serving());
        assertTrue(handler.trouble().startsWith("Bundle 2 of release chest 1 cannot be fetched"), handler.trouble());
        handler.handle(release);
        assertEquals(List.of("1 LOADED", "1 SERVING"), said, "said once");
    }

    @Test
    void anUnreachableActiveBundleDoesNotKeepTheFallbackFromServing() {
        ReleaseHandler handler = handler(Optional.empty());
        ModelRelease release = release(2, "2", null, "1").toBuilder().setActive(remote("2")).build();
        assertEquals(ReleaseHandler.Result.TRY_AGAIN_LATER, handler.handle(release));
        assertEquals("1", serving());
        assertEquals(ReleaseHandler.Result.DONE, handler.handle(release(2, "2", null, "1")), "reachable again");
        assertEquals("2", serving());
        assertEquals("", handler.trouble());
    }

    @Test
    void aDamagedCopyIsNotHeldAgainstTheBundle() throws IOException {
        BundlePointer remote = remote("2");
        Path cached = Files.createDirectories(directory.resolve(remote.getSha256()));
        AtomicInteger loads = new AtomicInteger();
        ReleaseHandler handler = new ReleaseHandler(Optional.empty(), host, new BundleFetcher(directory), (folder, sha256) -> {
            loads.incrementAndGet();
            throw new BundleRefusedException("a file is cut short.");
        }, (release, bundle, state, engine, reason) -> said.add(bundle.getVersion() + " " + state));
        ModelRelease release = release(2, "2", null, null).toBuilder().setActive(remote).build();
        assertEquals(ReleaseHandler.Result.TRY_AGAIN_LATER, handler.handle(release), "its store is down just now");
        assertEquals(1, loads.get());
        assertFalse(Files.exists(cached));
        assertEquals(List.of(), said);
    }

    @Test
    void aPointerToNowhereIsRefusedAndDoesNotEndTheThread() {
        ReleaseHandler handler = handler(Optional.empty());
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

    private ReleaseHandler handler(Optional<String> line) {
        return new ReleaseHandler(line, host, new BundleFetcher(directory), this::load,
                (release, bundle, state, engine, reason) ->
                        said.add((bundle.getVersion() + " " + state + " " + reason).strip()));
    }

    private InferenceEngine load(Path folder, String sha256) throws BundleRefusedException {
        String version = folder.getFileName().toString();
        if (bad.contains(version)) {
            throw new BundleRefusedException("bundle " + version + " is bad.");
        }
        FakeEngine engine = FakeEngine.of(version);
        engine.remarks = remarks;
        loaded.add(engine);
        return engine;
    }

    private static ModelRelease release(long generation, String active, String staged, String fallback) {
        ModelRelease.Builder release = ModelRelease.newBuilder()
                .setLine("chest").setGeneration(generation).setActive(pointer(active));
        if (staged != null) {
            release.setStaged(pointer(staged));
        }
        if (fallback != null) {
            release.setFallback(pointer(fallback));
        }
        return release.build();
    }

    private static BundlePointer pointer(String version) {
        return BundlePointer.newBuilder().setUri("file:///bundles/" + version).setVersion(version)
                .setSha256(TestImages.sha256("chest" + version)).build();
    }

    private static BundlePointer remote(String version) {
        return pointer(version).toBuilder()
                .setUri("s3://bucket/models/" + version + "?endpoint=http://127.0.0.1:1&region=x&pathStyle=true").build();
    }

    private String serving() {
        return host.serving().map(EngineIdentity::version).orElse("nothing");
    }
}
