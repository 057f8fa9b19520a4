package io.hilum.benchmarks.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a published figure needs beside it. */
public final class Machine {

    private Machine() {}

    /** The processor's name, and whether it multiplies bytes by instructions of its own. */
    public static String processor() throws IOException {
        Path file = Path.of("/proc/cpuinfo");
        if (!Files.exists(file)) {
            return System.getProperty("os.arch");
        }
        List<String> lines = Files.readAllLines(file);
        String name = value(lines, "model name");
        String flags = value(lines, "flags");
        return name + (flags.contains("amx_int8") ? " (AMX)" : flags.contains("vnni") ? " (VNNI)" : "");
    }

    /**
     * The newest kernels of OpenBLAS that this processor can run. Debian's OpenBLAS 0.3.21 does not know processors that came after
     * it and takes those of 2004 for them, which are seven times slower: no fair peer.
     */
    static Optional<String> openBlasCore() throws IOException {
        Path file = Path.of("/proc/cpuinfo");
        String flags = Files.exists(file) ? value(Files.readAllLines(file), "flags") : "";
        return flags.contains("avx512bw") ? Optional.of("SkylakeX") : flags.contains("avx2") ? Optional.of("Haswell") : Optional.empty();
    }

    /** Mean of the last 1, 5 and 15 minutes. */
    public static String load() throws IOException {
        Path file = Path.of("/proc/loadavg");
        return Files.exists(file) ? String.join(" ", List.of(Files.readString(file).split(" ")).subList(0, 3)) : "unknown";
    }

    private static String value(List<String> lines, String key) {
        return lines.stream().filter(line -> line.startsWith(key)).findFirst().map(line -> line.substring(line.indexOf(':') + 1).strip()).orElse("");
    }
}
