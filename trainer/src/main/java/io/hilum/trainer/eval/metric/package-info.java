/** Measures of how good scores are: pure functions of arrays, no files, no network. */
package io.hilum.trainer.eval.metric;
