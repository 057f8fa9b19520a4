package io.hilum.benchmarks.train;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;

/**
 * How much the resident memory of a training grows after it has warmed up.
 *
 * @param early kB at most until step {@link #FROM}
 * @param late kB at most until the last step
 */
record MemoryGrowth(int steps, long early, long late) {
    /** Where the measurement begins; by then everything has happened once: validation, saving, all kernels. */
    static final int FROM = 200;

    /** 0.1 is ten per cent. */
    double growth() {
        return (double) late / early - 1;
    }

    /**
     * Runs {@link MemoryRun} in a JVM of its own, with a bounded heap and the libraries' settings of {@code ./hilum train}.
     *
     * @param steps a multiple of {@link MemoryRun#STEPS_AN_EPOCH}, above {@link #FROM}
     */
    static MemoryGrowth measure(Path folder, int steps, int threads) throws IOException {
        if (steps <= FROM || steps % MemoryRun.STEPS_AN_EPOCH != 0) {
            throw new IllegalArgumentException("--steps must be a multiple of %d above %d, not %d.".formatted(MemoryRun.STEPS_AN_EPOCH, FROM, steps));
        }
        Path log = folder.resolve("memory.log");
        Process process = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m", "-Dai.djl.offline=true", "-Djava.awt.headless=true", "-XX:ErrorFile=" + folder.resolve("hs_err_%p.log"),
                "-cp", System.getProperty("java.class.path"), MemoryRun.class.getName(),
                folder.toString(), Integer.toString(steps), Integer.toString(threads))).redirectErrorStream(true).start();
        var samples = new TreeMap<Integer, Long>();
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                var copy = Files.newBufferedWriter(log)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                copy.write(line + "\n");
                copy.flush();
                Matcher memory = MemoryRun.LINE.matcher(line);
                if (memory.matches()) {
                    samples.put(Integer.parseInt(memory.group(1)), Long.parseLong(memory.group(3)));
                }
            }
            int status = process.waitFor();
            if (status != 0) {
                throw new IOException("The training whose memory was watched ended with %d; see %s.".formatted(status, log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while a training's memory was watched.", e);
        } finally {
            process.destroy();
        }
        if (!samples.containsKey(FROM) || !samples.containsKey(steps)) {
            throw new IOException("The training said nothing of its memory after step %d or %d; see %s.".formatted(FROM, steps, log));
        }
        return new MemoryGrowth(steps, samples.get(FROM), samples.get(steps));
    }
}
