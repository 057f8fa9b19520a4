/** A candidate beside the model that serves: scores the same images, compares, publishes no findings, never delays any. */
package io.hilum.processor.model.shadow;
