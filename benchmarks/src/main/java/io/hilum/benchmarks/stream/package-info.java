/**
 * What the stream costs: images a second with a real engine by the engine alone, with an engine that does nothing by a plain
 * transactional loop, and how much longer than it must an image takes.
 */
package io.hilum.benchmarks.stream;
