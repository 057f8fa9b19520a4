package io.hilum.inference.tensorrt;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.hilum.model.bundle.PlanFile;
import io.hilum.model.bundle.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The parent's side of a build, with {@link StubBuilder} as the child. */
@Timeout(120)
class PlanBuildTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    private Path graphs;
    @TempDir
    private Path folder;
    private final List<String> progress = Collections.synchronizedList(new ArrayList<>());

    @Test
    void leavesThePlanUnderItsKeyAndNothingElse() throws Exception {
        PlanFile plan = build("good", 0, LONG);
        assertEquals(new PlanFile("plain-fp16-trt10.15.1-sm90.plan", Precision.FP16, 0, 64, "10.15.1", "9.0"), plan);
        assertEquals("maps5-fp16-trt10.15.1-sm90.plan", build("good", 5, LONG).file());
        assertEquals(List.of("maps5-fp16-trt10.15.1-sm90.layers.json", "maps5-fp16-trt10.15.1-sm90.plan",
                "plain-fp16-trt10.15.1-sm90.layers.json", "plain-fp16-trt10.15.1-sm90.plan"), names());
        assertEquals("a plan", Files.readString(folder.resolve(plan.file())));
        assertTrue(LayerReport.read(folder.resolve("plain-fp16-trt10.15.1-sm90.layers.json")).fusesAttention(1));
        assertTrue(progress.contains("mood good, maps 5, cache " + folder.resolve("times").toAbsolutePath()), progress.toString());
    }

    @Test
    void saysWhatTensorRtDoesNotLike() {
        fails("refused", "TensorRT does not read the graph: no importer for Frob", LONG);
    }

    @Test
    void outlivesABuilderThatCrashes() {
        fails("abort", "TensorRT crashed the builder (signal 6)", LONG);
        fails("memory", "the builder was killed (signal 9), which Linux does when memory ends", LONG);
        fails("status", "the builder ended with status 7", LONG);
    }

    @Test
    void takesNoGarbageForAPlan() {
        String nothing = "the builder ended as if all were well and left no plan";
        for (String mood : List.of("silent", "garbage", "half", "escapes")) {
            fails(mood, nothing, LONG);
        }
        assertTrue(progress.stream().allMatch(line -> line.length() <= 4096));
    }

    @Test
    void waitsForNoBuilderThatHangs() throws IOException {
        fails("hangs", "it took longer than 2 s and was stopped", Duration.ofSeconds(2));
        assertTrue(ProcessHandle.current().children().noneMatch(child -> child.info().commandLine().orElse("").contains("StubBuilder")));
    }

    @Test
    void killsTheBuilderWhenInterrupted() throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread building = new Thread(() -> thrown.set(assertThrows(InterruptedException.class, () -> build("hangs", 0, LONG))));
        building.start();
        await().until(() -> !progress.isEmpty());
        building.interrupt();
        building.join();
        assertInstanceOf(InterruptedException.class, thrown.get());
        assertTrue(ProcessHandle.current().children().noneMatch(child -> child.info().commandLine().orElse("").contains("StubBuilder")));
        assertEquals(List.of("plain-fp16.build.log"), names());
    }

    @Test
    void startsNoBuilderWithoutAGraph() {
        PlanRequest request = new PlanRequest(graphs.resolve("absent.onnx"), Precision.FP16, 0, 8, 64);
        PlanBuildException failed = assertThrows(PlanBuildException.class, () -> builder(LONG).build(request, folder));
        assertEquals("There is no graph " + request.onnx() + " to build a TensorRT plan from.", failed.getMessage());
    }

    @Test
    void explainsAMissingGpuFromTheRealBuilder() throws IOException {
        assumeFalse(Files.exists(Path.of("/proc/driver/nvidia/version")), "SKIPPED: this machine has an NVIDIA driver");
        Path graph = Files.createFile(graphs.resolve("any.onnx"));
        PlanBuildException failed = assertThrows(PlanBuildException.class, () -> new PlanBuild(PlanBuildOptions.defaults(), progress::add)
                .build(new PlanRequest(graph, Precision.FP16, 0, 8, 64), folder));
        assertTrue(failed.getMessage().contains("No NVIDIA driver is loaded on this machine"), failed.getMessage());
        assertEquals(List.of("plain-fp16.build.log"), names());
    }

    @Test
    void leavesNoBuilderBehindWhenItsParentDies() throws Exception {
        Process orphan = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), OrphanMain.class.getName()).inheritIO()
                .redirectInput(ProcessBuilder.Redirect.PIPE).start();
        assertFalse(orphan.waitFor(1, TimeUnit.SECONDS), "it ended while its parent lives");
        orphan.getOutputStream().close();
        assertEquals(2, orphan.waitFor());
    }

    private void fails(String mood, String reason, Duration timeout) {
        Path graph = graphs.resolve(mood + ".onnx");
        PlanBuildException failed = assertThrows(PlanBuildException.class, () -> build(mood, 0, timeout));
        Path log = folder.resolve("plain-fp16.build.log");
        assertEquals("No TensorRT plan was built from " + graph + ": " + reason + "; all that the builder said is in " + log + ".",
                failed.getMessage());
        assertFalse(progress.isEmpty());
        try {
            assertTrue(Files.readString(log).contains("mood " + mood));
            assertEquals(List.of("plain-fp16.build.log"), names());
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private PlanFile build(String mood, int maps, Duration timeout) throws Exception {
        Path graph = graphs.resolve(mood + ".onnx");
        if (!Files.exists(graph)) {
            Files.createFile(graph);
        }
        return builder(timeout).build(new PlanRequest(graph, Precision.FP16, maps, 8, 64), folder);
    }

    private PlanBuild builder(Duration timeout) {
        PlanBuildOptions options = new PlanBuildOptions(0, timeout, 1 << 30, 3, Optional.of(folder.resolve("times")));
        return new PlanBuild(options, progress::add, System.getProperty("java.class.path"), StubBuilder.class.getName());
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
