package io.hilum.benchmarks.train;

/**
 * One timed round of either side.
 *
 * @param seconds by the clock
 * @param cpuSeconds of processor time of the side's process, all its threads
 */
record Round(int images, double seconds, double cpuSeconds) {
    double imagesPerSecond() {
        return images / seconds;
    }

    double imagesPerCpuSecond() {
        return images / cpuSeconds;
    }
}
