package io.hilum.benchmarks.chaos.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The resident memory of each instance, every second. A thread of its own. */
final class MemoryLog implements AutoCloseable {

    /**
     * @param atUs microseconds since the epoch
     * @param kib resident
     */
    record Sample(long atUs, String instance, long pid, long kib) {}

    private final Fleet fleet;
    private final JsonLines csv;
    private final List<Sample> all = new ArrayList<>();
    private final Thread thread = new Thread(this::sample, "memory");
    private volatile boolean closed;

    MemoryLog(Fleet fleet, JsonLines csv) {
        this.fleet = fleet;
        this.csv = csv;
        csv.writeLine("at_us,instance,pid,rss_kib");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    synchronized List<Sample> all() {
        return List.copyOf(all);
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    private void sample() {
        try {
            while (!closed) {
                for (Instance each : fleet.wanted()) {
                    resident(each.pid()).ifPresent(kib -> add(new Sample(Clock.micros(), each.id(), each.pid(), kib)));
                }
                Thread.sleep(1000);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void add(Sample sample) {
        all.add(sample);
        csv.writeLine(sample.atUs + "," + sample.instance + "," + sample.pid + "," + sample.kib);
    }

    private static Optional<Long> resident(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> Long.valueOf(line.replaceAll("\\D", ""))).findFirst();
        } catch (IOException gone) {
            return Optional.empty();
        }
    }
}
