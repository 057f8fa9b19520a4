/** Weights from elsewhere: what was taken from a file, and what training begins with. */
package io.hilum.trainer.weights;
