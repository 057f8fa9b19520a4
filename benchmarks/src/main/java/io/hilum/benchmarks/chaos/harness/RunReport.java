package io.hilum.benchmarks.chaos.harness;

import io.hilum.benchmarks.chaos.harness.LatencyLog.Latency;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a run did, and what its swaps cost. Owned by one thread. */
public final class RunReport {

    private final List<FaultRecord> faults = new ArrayList<>();
    private final List<Swap> swaps = new ArrayList<>();
    private Map<Fault, Integer> byKind = Map.of();
    private int unrecovered;
    private List<Latency> latencies = List.of();
    private SwapCost cost = new SwapCost(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    private double seconds;

    void add(FaultRecord fault) {
        faults.add(fault);
    }

    void add(List<Swap> done) {
        swaps.addAll(done);
    }

    void ended(FaultRunner runner, List<Latency> all, List<MemoryLog.Sample> memory, Duration interval, double took) {
        byKind = new TreeMap<>(runner.done());
        unrecovered = runner.unrecovered();
        latencies = all;
        seconds = took;
        if (!swaps.isEmpty()) {
            cost = SwapCost.of(swaps, interval.toNanos() / 1000, all, memory);
        }
    }

    void plot(Path folder, String title) throws IOException {
        if (latencies.isEmpty()) {
            return;
        }
        Map<String, List<Long>> marks = new TreeMap<>();
        faults.forEach(fault -> marks.computeIfAbsent(fault.kind(), kind -> new ArrayList<>()).add(fault.beganUs()));
        swaps.forEach(swap -> marks.computeIfAbsent("swap under load", kind -> new ArrayList<>()).add(swap.activeUs()));
        LatencyPlot.write(folder, title, latencies, marks, latencies.stream().mapToLong(Latency::sentUs).min().orElseThrow());
    }

    public int faults() {
        return faults.size();
    }

    /** How many of each kind. */
    public Map<Fault, Integer> byKind() {
        return byKind;
    }

    /** After how many faults not all was worked off in time. */
    public int unrecovered() {
        return unrecovered;
    }

    /** Swaps under load, after the faults. */
    public int swaps() {
        return swaps.size();
    }

    /** Those that not every instance served in time. */
    public long unservedSwaps() {
        return swaps.stream().filter(swap -> swap.servedUs() == 0).count();
    }

    /** In ms; NaN without swaps. */
    public double swapP99() {
        return cost.swapP99();
    }

    /** In ms; NaN without swaps. */
    public double otherP99() {
        return cost.otherP99();
    }

    public double swapP99Ratio() {
        return cost.ratio();
    }

    /** As a fraction; NaN without swaps. */
    public double memoryGrowth() {
        return cost.memoryGrowth();
    }

    /** As a fraction; NaN without swaps. */
    public double latencyGrowth() {
        return cost.latencyGrowth();
    }

    public double seconds() {
        return seconds;
    }
}
