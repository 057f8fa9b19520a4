package io.hilum.benchmarks.chaos.harness;

/**
 * A line of {@code faults.jsonl}.
 *
 * @param number from 1; 0 for what happened by itself
 * @param kind a {@link Fault}, or what happened by itself
 * @param target what it was done to
 * @param beganUs microseconds since the epoch
 * @param endedUs when everything ran again; 0 where that was not waited for
 * @param detail in words
 */
record FaultRecord(int number, String kind, String target, long beganUs, long endedUs, String detail) {}
