package io.hilum.inference.tensorrt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** JavaCPP's real native code on stubs of NVIDIA's libraries, each time in a fresh JVM. */
@Timeout(180)
class NativeLayerTest {

    @TempDir
    private static Path folder;
    private static Map<String, String> environment;
    private static Path driver;

    @BeforeAll
    static void build() throws Exception {
        assumeTrue(System.getProperty("os.name").equals("Linux") && System.getProperty("os.arch").equals("amd64"),
                "SKIPPED: TensorRT is used on Linux on x86-64 only");
        environment = StubLibraries.build(folder);
        driver = Files.createFile(folder.resolve("version"));
    }

    @Test
    void findsTheVersionAndTheGpu() throws Exception {
        assertEquals(List.of("true|", "true|"), detect("1", "101501"));
    }

    @Test
    void callsNoFactoryWithoutAGpu() throws Exception {
        String reason = "false|CUDA finds no GPU, so the CPU computes: no CUDA-capable device is detected (CUDA error 100).";
        assertEquals(List.of(reason, reason), detect("0", "101501"));
    }

    @Test
    void usesNoTensorRtOfAnotherMajorVersion() throws Exception {
        String reason = "false|This machine has TensorRT 11.2.0 and this program needs version 10, so the CPU computes.";
        assertEquals(List.of(reason, reason), detect("1", "110200"));
    }

    @Test
    void keepsNoDeletedEngineOnTheGpu() throws Exception {
        Jvm.Ended ended = Jvm.run(environment, DisposalMain.class);
        assertEquals(0, ended.status(), ended.output());
        // Closing alone deletes nothing: should that ever change, everything would be deleted twice.
        assertEquals(List.of("closed 0", "engine 1", "context 2 true"), ended.output().lines().toList());
    }

    private static List<String> detect(String devices, String version) throws Exception {
        environment.put("STUB_DEVICES", devices);
        environment.put("STUB_VERSION", version);
        Jvm.Ended ended = Jvm.run(environment, DetectMain.class, driver);
        assertEquals(0, ended.status(), ended.output());
        return ended.output().lines().toList();
    }
}
