package io.hilum.processor.metrics;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;

/**
 * Histograms with a fixed, small number of buckets: each bucket of each label is a time series of its own, and
 * Micrometer's own choice is 70 of them for a time and 276 for a size.
 *
 * <p>Times: fine where the service promises something (p50 15 ms, p99 60 ms beyond queueing), coarse above, up to the
 * minute after which an image waits in a backlog and not in the engine. Sizes: powers of two, as batches are filled.
 */
public final class Histograms {

    private static final long[] MILLIS = {1, 2, 5, 10, 15, 25, 40, 60, 100, 150, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000};
    private static final double[] SIZES = {1, 2, 4, 8, 16, 32, 64, 128};

    private Histograms() {}

    /** A time in 18 buckets from 1 ms to 1 min. */
    public static Timer.Builder time(String name) {
        return Timer.builder(name)
                .serviceLevelObjectives(Arrays.stream(MILLIS).mapToObj(Duration::ofMillis).toArray(Duration[]::new));
    }

    /** A number of images in 8 buckets from 1 to 128. */
    public static DistributionSummary.Builder size(String name) {
        return DistributionSummary.builder(name).serviceLevelObjectives(SIZES);
    }
}
