/**
 * Runs a bundle: engines compute scores and heat maps, the batcher gathers images into batches.
 *
 * <pre>{@code
 * try (InferenceEngine engine = EngineFactory.load(Path.of("bundle"), EngineOptions.defaults());
 *         DynamicBatcher batcher = new DynamicBatcher(engine, BatcherOptions.defaults())) {
 *     InferenceResult result = batcher.submit(InferenceRequest.withAllPositives(pixels, 3, false)).get();
 * }
 * }</pre>
 */
package io.hilum.inference;
