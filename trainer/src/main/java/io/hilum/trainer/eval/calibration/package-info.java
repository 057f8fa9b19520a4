/** From scores to probabilities, and how far probabilities are from what happened. */
package io.hilum.trainer.eval.calibration;
