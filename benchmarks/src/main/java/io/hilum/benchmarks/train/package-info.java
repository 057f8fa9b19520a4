/**
 * {@code ./hilum bench train}: the trainer against the reference's numbers, against Python's PyTorch, and against its
 * own promises on the speed of its data and the growth of its memory.
 */
package io.hilum.benchmarks.train;

import io.hilum.benchmarks.peer.Python;
