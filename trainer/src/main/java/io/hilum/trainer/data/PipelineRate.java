package io.hilum.trainer.data;

import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * How many films a second one core makes ready for the network: from the mapped cache of grey bytes through an
 * {@link Augmentation} into batches. Run on the caller's thread alone; the rate is by that thread's own processor time,
 * so that it does not depend on what else the machine does (as far as caches and shared cores allow).
 *
 * @param imagesPerSecondPerCore films by a second of processor time
 * @param imagesPerSecond films by a second of the clock
 * @param films how many were made while measuring
 */
public record PipelineRate(double imagesPerSecondPerCore, double imagesPerSecond, int films, int cacheSide, int size) {
    private static final int BATCH = 32;

    /**
     * Warms up for a quarter of the time, then measures.
     *
     * @param size side of the input
     */
    public static PipelineRate measure(FilmCache cache, int size, Augmentation augmentation, double seconds) {
        var loader = new BatchLoader(cache, size, Math.min(BATCH, cache.films()), augmentation, 1);
        run(loader, size, seconds / 4, 0);
        return run(loader, size, seconds, 1_000_000);
    }

    private static PipelineRate run(BatchLoader loader, int size, double seconds, long firstStep) {
        var threads = ManagementFactory.getThreadMXBean();
        long cpu = threads.getCurrentThreadCpuTime();
        long start = System.nanoTime();
        int films = 0;
        for (long step = firstStep; System.nanoTime() - start < seconds * 1e9; step++) {
            Batch batch = loader.at(step);
            films += batch.films();
            loader.giveBack(batch);
        }
        double clock = (System.nanoTime() - start) / 1e9;
        double busy = (threads.getCurrentThreadCpuTime() - cpu) / 1e9;
        return new PipelineRate(films / busy, films / clock, films, loader.films().cache().size(), size);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.0f images/s per core (%.0f by the clock) from films of %d pixels to inputs of %d (%d films)",
            imagesPerSecondPerCore, imagesPerSecond, cacheSide, size, films);
    }
}
