package io.hilum.inference.tensorrt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TensorRtSupportTest {

    @TempDir
    private Path folder;

    @Test
    void touchesNothingNativeWithoutADriver() {
        Path driver = folder.resolve("version");
        TensorRtSupport support = TensorRtSupport.detect(0, driver);
        assertFalse(support.available());
        assertEquals("No NVIDIA driver is loaded on this machine (there is no " + driver + "), so the CPU computes.", support.reason());
    }

    @Test
    void crashesNoMachineWhoseDriverHasNoLibraries() throws Exception {
        assumeFalse(Files.exists(Path.of("/proc/driver/nvidia/version")), "SKIPPED: this machine has an NVIDIA driver");
        Path driver = Files.createFile(folder.resolve("version"));
        Jvm.Ended ended = Jvm.run(Map.of("LD_LIBRARY_PATH", ""), DetectMain.class, driver);
        assertEquals(0, ended.status(), ended.output());
        List<String> lines = ended.output().lines().toList();
        assertEquals(2, lines.size(), ended.output());
        assertEquals(lines.get(0), lines.get(1), "the second try says less than the first");
        for (String line : lines) {
            assertTrue(line.matches("false\\|A library that TensorRT needs is missing, so the CPU computes; put TensorRT, cuDNN "
                    + "and CUDA on LD_LIBRARY_PATH: [^.].*[^.]\\."), line);
        }
    }

    @Test
    void namesNoJavaCppTypeWhereTheJvmWouldResolveIt() {
        for (Class<?> type : List.of(TensorRtSupport.class, TensorRtOptions.class, TensorRtEngine.class, DeviceProbe.class,
                PlanBuild.class, PlanBuilder.class, JavaCppLimits.class)) {
            for (Field field : type.getDeclaredFields()) {
                assertFalse(field.getGenericType().getTypeName().contains("bytedeco"), type + " " + field);
            }
            for (Method method : type.getDeclaredMethods()) {
                assertFalse(method.toGenericString().contains("bytedeco"), type + " " + method);
            }
        }
    }

    @Test
    void isNeitherAvailableWithAReasonNorUnavailableWithoutOne() {
        assertTrue(new TensorRtSupport("10.15.1", "9.0", "NVIDIA H100", "").available());
        assertThrows(IllegalArgumentException.class, () -> new TensorRtSupport("10.15.1", "9.0", "", ""));
        assertThrows(IllegalArgumentException.class, () -> new TensorRtSupport("10.15.1", "9.0", "NVIDIA H100", "broken"));
    }

    @Test
    void opensNoEngineWithoutAGpu() {
        assertEquals("no GPU", assertThrows(IllegalArgumentException.class, () -> TensorRtEngine.open(Cards.CARD, "ab", folder,
                Cards.choice(2, 8), TensorRtSupport.none("no GPU"), TensorRtOptions.defaults())).getMessage());
    }
}
