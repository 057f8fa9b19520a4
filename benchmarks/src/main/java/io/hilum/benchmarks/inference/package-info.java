/**
 * {@code ./hilum bench inference}: what the engine computes beside the trainer, how fast beside Python's PyTorch and the
 * machine's own limit, what int8 gains and loses, what maps and the batcher cost, and what the door's way changes.
 */
package io.hilum.benchmarks.inference;
