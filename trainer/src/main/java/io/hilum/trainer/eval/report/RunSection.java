package io.hilum.trainer.eval.report;

/**
 * How it was measured.
 *
 * @param command as typed
 * @param software what computed it, with the commit where it is known
 * @param at ISO-8601, UTC
 * @param machine processor, threads and Java
 * @param seed of every resampling
 * @param resamples of the bootstrap
 * @param calibration platt, temperature or none
 * @param targetSensitivity of the operating points; null where none were set
 * @param networkSeconds time of the network's pass over the films; 0 when the scores came from a file
 * @param statisticsSeconds time of everything after it
 */
public record RunSection(String command, String software, String at, String machine, long seed, int resamples, String calibration,
        Double targetSensitivity, double networkSeconds, double statisticsSeconds) {}
