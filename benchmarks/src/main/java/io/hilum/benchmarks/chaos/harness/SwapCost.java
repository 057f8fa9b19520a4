package io.hilum.benchmarks.chaos.harness;

import io.hilum.benchmarks.chaos.harness.LatencyLog.Latency;
import io.hilum.benchmarks.chaos.harness.MemoryLog.Sample;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/**
 * What swaps cost: the 99th percentile of the latency of images sent around them, in ms, beside that of the same run's other
 * images; and what grew from the run's first fifth to its last.
 *
 * @param swapP99 of images around a swap
 * @param otherP99 of all others
 * @param memoryGrowth of the resident memory's median, of the instance that grew most, as a fraction
 * @param latencyGrowth of the latency's median, as a fraction
 */
record SwapCost(double swapP99, double otherP99, double memoryGrowth, double latencyGrowth) {

    static SwapCost of(List<Swap> swaps, long intervalUs, List<Latency> latencies, List<Sample> memory) {
        long from = swaps.get(0).stagedUs() - intervalUs / 2;
        long to = swaps.get(swaps.size() - 1).activeUs() + intervalUs / 2;
        long half = Swap.halfWindowUs(intervalUs);
        List<Latency> all = latencies.stream().filter(each -> each.sentUs() >= from && each.sentUs() < to).toList();
        Predicate<Latency> around = each -> swaps.stream().anyMatch(swap -> swap.isAround(each.sentUs(), half));
        return new SwapCost(p99(all.stream().filter(around).toList()), p99(all.stream().filter(around.negate()).toList()),
                memory.stream().map(Sample::pid).distinct()
                        .mapToDouble(pid -> growth(memory.stream()
                                .filter(each -> each.pid() == pid && each.atUs() >= from && each.atUs() < to)
                                .mapToDouble(Sample::kib).toArray()))
                        .filter(Double::isFinite).max().orElse(Double.NaN),
                growth(all.stream().mapToDouble(Latency::millis).toArray()));
    }

    double ratio() {
        return swapP99 / otherP99;
    }

    private static double p99(List<Latency> latencies) {
        return quantile(latencies.stream().mapToDouble(Latency::millis).toArray(), 0.99).orElse(Double.NaN);
    }

    /** Median of the last fifth by that of the first, less one; NaN for too few values. */
    private static double growth(double[] inOrder) {
        int fifth = inOrder.length / 5;
        return quantile(Arrays.copyOfRange(inOrder, inOrder.length - fifth, inOrder.length), 0.5).orElse(Double.NaN)
                / quantile(Arrays.copyOfRange(inOrder, 0, fifth), 0.5).orElse(Double.NaN) - 1;
    }

    static OptionalDouble quantile(double[] values, double share) {
        if (values.length == 0) {
            return OptionalDouble.empty();
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return OptionalDouble.of(sorted[(int) Math.round(share * (sorted.length - 1))]);
    }
}
