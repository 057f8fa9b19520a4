/** Every number that we publish, beside the command that measures it. {@code ./hilum bench --help} lists them. */
package io.hilum.benchmarks;
