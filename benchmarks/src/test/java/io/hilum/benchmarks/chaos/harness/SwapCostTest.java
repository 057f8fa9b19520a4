package io.hilum.benchmarks.chaos.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hilum.benchmarks.chaos.harness.LatencyLog.Latency;
import io.hilum.benchmarks.chaos.harness.MemoryLog.Sample;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SwapCostTest {

    private static final long SECOND = 1_000_000;

    @Test
    void countsWhatASwapDelaysToTheSwapAndNothingElse() {
        List<Swap> swaps = List.of(swap(20), swap(30), swap(40));
        List<Latency> latencies = new ArrayList<>();
        for (long at = 15 * SECOND; at < 45 * SECOND; at += SECOND / 10) {
            long sent = at;
            boolean around = swaps.stream().anyMatch(swap -> Math.abs(sent - swap.activeUs()) < 5 * SECOND / 2);
            latencies.add(new Latency(at, around ? 50_000 : 40_000));
        }
        SwapCost cost = SwapCost.of(swaps, 10 * SECOND, latencies, List.of());
        assertEquals(50, cost.swapP99());
        assertEquals(40, cost.otherP99());
        assertEquals(1.25, cost.ratio());
    }

    @Test
    void takesTheLoadingOfABundleForAPartOfTheSwap() {
        Swap slow = new Swap(1, "v2", 10 * SECOND, 20 * SECOND, 21 * SECOND);
        assertEquals(true, slow.isAround(11 * SECOND, 5 * SECOND / 2));
        assertEquals(false, slow.isAround(9 * SECOND, 5 * SECOND / 2));
        assertEquals(false, slow.isAround(23 * SECOND, 5 * SECOND / 2));
    }

    @Test
    void seesMemoryAndLatencyGrow() {
        List<Swap> swaps = List.of(swap(20), swap(100));
        List<Latency> latencies = new ArrayList<>();
        List<Sample> memory = new ArrayList<>();
        for (long second = 16; second < 104; second++) {
            latencies.add(new Latency(second * SECOND, second < 60 ? 100_000 : 150_000));
            memory.add(new Sample(second * SECOND, "one", 1, 1000));
            memory.add(new Sample(second * SECOND, "two", 2, second < 60 ? 1000 : 1200));
        }
        SwapCost cost = SwapCost.of(swaps, 10 * SECOND, latencies, memory);
        assertEquals(0.5, cost.latencyGrowth(), 1e-9);
        assertEquals(0.2, cost.memoryGrowth(), 1e-9);
    }

    private static Swap swap(long second) {
        return new Swap(1, "v", second * SECOND - 2 * SECOND, second * SECOND, second * SECOND + 100);
    }
}
