/**
 * A real experiment on real films: does pre-training help? Plan and budget, runs in child processes, shortcut
 * baselines, paired analysis, text and figures.
 */
package io.hilum.trainer.experiment;
