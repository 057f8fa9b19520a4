/** How figures are taken: buckets and labels that stay few. */
package io.hilum.processor.metrics;
