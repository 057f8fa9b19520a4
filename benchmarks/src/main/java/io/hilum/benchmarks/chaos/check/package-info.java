/**
 * Looks at what a run left in its folder, and knows nothing of how it was made: what was sent, what was released, and what
 * a read-committed reader found on the topics. It computes what the scores must be by itself.
 *
 * <p>{@code sent.jsonl}: {@link io.hilum.benchmarks.chaos.check.Sent}, a line for each record that a broker acknowledged;
 * {@code released.jsonl}: {@link io.hilum.benchmarks.chaos.check.Released}; {@code findings.jsonl}:
 * {@link io.hilum.benchmarks.chaos.check.Revision}; {@code dead-letters.jsonl}:
 * {@link io.hilum.benchmarks.chaos.check.Letter}.
 */
package io.hilum.benchmarks.chaos.check;
