package io.hilum.benchmarks.chaos.check;

/**
 * A bundle that a release named.
 *
 * @param slot {@code active} or {@code staged}
 * @param atUs microseconds since the epoch: before the release was sent
 */
public record Released(String line, String version, long generation, String slot, long atUs) {}
