package io.hilum.benchmarks.gpu;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The machine's first GPU, as its driver tells without CUDA.
 *
 * @param name such as {@code NVIDIA H100 80GB HBM3}
 * @param driver its version; empty when only the device file is there
 */
record Gpu(String name, String driver) {
    /** Where there is neither, nothing of CUDA can work. A container may lack the first one. */
    private static final List<Path> SIGNS = List.of(Path.of("/proc/driver/nvidia/version"), Path.of("/dev/nvidiactl"));

    static Optional<Gpu> find() {
        if (SIGNS.stream().noneMatch(Files::exists)) {
            return Optional.empty();
        }
        String line = ask();
        String[] words = line.split(",");
        return Optional.of(words.length == 2 ? new Gpu(words[0].strip(), words[1].strip()) : new Gpu("NVIDIA GPU of unknown name", ""));
    }

    private static String ask() {
        try {
            Process process = Outside.process(List.of("nvidia-smi", "--query-gpu=name,driver_version", "--format=csv,noheader", "--id=0"))
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0 ? answer.strip() : "";
        } catch (IOException absent) {
            return "";
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
