/**
 * {@code ./hilum bench gpu}: Hilum's engine on a GPU against the reference's numbers, against PyTorch on the same GPU, and
 * against a loop that only enqueues. {@code benchmarks/gpu/README.md} tells how it gets to a bare machine.
 *
 * <p>{@link io.hilum.benchmarks.gpu.Agenda} orders the work by importance, {@link io.hilum.benchmarks.gpu.GpuRun} does as
 * much of it as the time allows, and each {@link io.hilum.benchmarks.gpu.GpuSide} measures one {@link
 * io.hilum.benchmarks.gpu.Job} at a time. What was not measured is null in the last line, never a number.
 */
package io.hilum.benchmarks.gpu;
