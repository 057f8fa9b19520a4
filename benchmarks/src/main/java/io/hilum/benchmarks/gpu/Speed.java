package io.hilum.benchmarks.gpu;

/**
 * One batch size, timed.
 *
 * @param batch images a call
 * @param imagesPerSecond with as many calls under way as the side likes
 * @param medianMillis of one call, alone
 * @param p99Millis the same, 99th percentile
 */
record Speed(int batch, double imagesPerSecond, double medianMillis, double p99Millis) {}
