/** Measures of how good scores are: pure functions of arrays, no files, no network. Trainer and exporter judge by the same ones. */
package io.hilum.model.metric;
