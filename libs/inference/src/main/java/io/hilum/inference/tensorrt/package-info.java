/**
 * TensorRT on one GPU, through JavaCPP.
 *
 * <p>{@link io.hilum.inference.tensorrt.TensorRtSupport} says whether this machine has TensorRT,
 * {@link io.hilum.inference.tensorrt.PlanChoice} which plans of a bundle fit it, and
 * {@link io.hilum.inference.tensorrt.TensorRtEngine} serves them. {@link io.hilum.inference.tensorrt.PlanBuild} makes plans.
 *
 * <pre>{@code
 * TensorRtSupport machine = TensorRtSupport.detect(options.device());
 * PlanChoice choice = PlanChoice.of(plans, machine, Optional.empty());
 * if (choice.fits()) {
 *     engine = TensorRtEngine.open(card, sha256, folder, choice, machine, options);
 * } else {
 *     log.info(choice.reason());
 * }
 * }</pre>
 *
 * <h2>The life of a batch</h2>
 * All of it happens on the thread that called {@code infer}; only the GPU works beside it.
 * <ol>
 *   <li><b>Checked</b>: sizes and labels of all requests, before anything is computed.
 *   <li><b>Parted</b>: who wants no map goes to the plain plan, the others to the plan with maps; what is larger than the
 *       largest bucket is split.
 *   <li><b>Leased</b>: the thread waits for a lane and alone has it now. The lane's memory goes with it from thread to
 *       thread, under the pool's lock.
 *   <li><b>Filled</b>: pixels and labels are copied into the lane's pinned memory, blank images up to the bucket.
 *   <li><b>Computed</b>: one launch of the bucket's CUDA graph copies in, computes and copies out; the thread waits for
 *       the stream. When this throws, the lane is closed, and the next lease opens a new one.
 *   <li><b>Read</b>: results are copied out of pinned memory, the lane goes back.
 *   <li><b>Gone further</b>: who wants more maps than the plan draws, or those of every positive label, goes round again
 *       from the parting with explicit labels. Scores stay those of the first pass.
 * </ol>
 *
 * <h2>Who owns what</h2>
 * The process owns one runtime with its log, for ever. The engine owns two plans and their pools; a pool owns its lanes,
 * lent ones too; a lane owns its stream, its buffers on both sides, the scratch memory and, for each bucket, an execution
 * context with its graph, all of which share that memory. Everything is closed in the reverse of that order. TensorRT's
 * objects have no deallocator in JavaCPP; {@code Disposal} gives them one.
 *
 * <h2>Two sides of a seam</h2>
 * {@code Device}, {@code Plan} and {@code Lane} are all that batching knows of a GPU: it is plain Java, and tested without
 * one. {@code CudaDevice}, {@code CudaPlan}, {@code CudaLane} and what they use are the only classes that name JavaCPP's
 * types, together with {@code DeviceProbe} and {@code NativeBuild}. No other class may, or it would not load on a machine
 * without the libraries.
 *
 * <h2>Limits</h2>
 * (1) A GPU that never answers keeps its caller, and so {@code close}, waiting. (2) After some faults, such as an illegal
 * address, CUDA refuses everything until the process ends: every batch fails then, and the batcher reports a broken
 * engine. (3) A waiting thread keeps a core busy: that is CUDA's default and has the lowest latency. (4) A plan is
 * trusted: it is code for the GPU, and is only as safe as the digest of the bundle that it came with.
 */
package io.hilum.inference.tensorrt;
