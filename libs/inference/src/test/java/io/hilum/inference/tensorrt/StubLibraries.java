package io.hilum.inference.tensorrt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** NVIDIA's libraries as far as JavaCPP's native code needs them to load, built by the C compiler of the machine. */
final class StubLibraries {

    private static final List<String> EMPTY = List.of("libcuda.so.1", "libcublas.so.13", "libcublasLt.so.13", "libcudnn.so.9",
            "libcudnn_cnn.so.9", "libcudnn_adv.so.9", "libcudnn_ops.so.9", "libcudnn_graph.so.9", "libnvrtc.so.13");

    private StubLibraries() {}

    /** @return the environment for a JVM that is to find them first; skips the test where nothing can be built */
    static Map<String, String> build(Path folder) throws IOException, InterruptedException {
        Path empty = Files.writeString(folder.resolve("empty.c"), "int hilum_empty;");
        assumeTrue(compiles(empty, folder.resolve("probe.so")), "SKIPPED: this machine has no C compiler (cc)");
        for (String name : EMPTY) {
            library(empty, folder, name);
        }
        library(source("cudart.c", folder), folder, "libcudart.so.13");
        library(source("nvinfer.c", folder), folder, "libnvinfer.so.10");
        // The preload: a CUDA toolkit on the machine would be found before LD_LIBRARY_PATH.
        return new HashMap<>(Map.of("LD_LIBRARY_PATH", folder.toString(), "LD_PRELOAD", folder.resolve("libcudart.so.13").toString()));
    }

    private static Path source(String name, Path folder) throws IOException {
        try (InputStream in = Objects.requireNonNull(StubLibraries.class.getResourceAsStream(name), name)) {
            return Files.write(folder.resolve(name), in.readAllBytes());
        }
    }

    private static void library(Path source, Path folder, String name) throws IOException, InterruptedException {
        assertEquals(true, compiles(source, folder.resolve(name)), name);
    }

    private static boolean compiles(Path source, Path library) throws IOException, InterruptedException {
        try {
            Process compiler = new ProcessBuilder("cc", "-shared", "-fPIC", "-o", library.toString(), source.toString(),
                    "-Wl,-soname," + library.getFileName()).inheritIO().start();
            return compiler.waitFor(60, TimeUnit.SECONDS) && compiler.exitValue() == 0;
        } catch (IOException absent) {
            return false;
        }
    }
}
