/**
 * Images in, findings out: batched inference inside Kafka Streams, exactly once.
 *
 * <p>{@code topology} wires the operators, {@code score} turns an image into scores and holds the work that
 * is under way, {@code study} merges images into studies, {@code model} follows the releases,
 * {@code service} starts all of it.
 */
package io.hilum.processor;
