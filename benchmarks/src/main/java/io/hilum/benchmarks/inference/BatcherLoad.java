package io.hilum.benchmarks.inference;

import io.hilum.benchmarks.peer.Alternation.Rate;
import io.hilum.inference.BatcherOptions;
import io.hilum.inference.DynamicBatcher;
import io.hilum.inference.InferenceEngine;
import io.hilum.inference.InferenceRequest;
import io.hilum.inference.InferenceResult;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;

/**
 * The batcher in front of an engine: as much as it can carry, and a stream of single images that come at random.
 *
 * @param images what is submitted in turn
 */
record BatcherLoad(InferenceEngine engine, List<InferenceRequest> images, int maxBatch) implements Rate {

    static final Duration MAX_DELAY = Duration.ofMillis(2);
    private static final int BATCHES_IN_FLIGHT = 4;
    private static final long SEED = 3;

    /**
     * One submitting thread that keeps the queue full. Whole batches, and all that was submitted counts up to the last result:
     * a batch that is cut off by the end would look like a cost of the batcher.
     *
     * @return images a second
     */
    @Override
    public double measure(double seconds) throws IOException {
        Deque<CompletableFuture<InferenceResult>> inFlight = new ArrayDeque<>();
        try (DynamicBatcher batcher = new DynamicBatcher(engine, options())) {
            int submitted = 0;
            long started = System.nanoTime();
            while (EngineLoop.since(started) < seconds || submitted % maxBatch != 0) {
                inFlight.add(batcher.submit(images.get(submitted++ % images.size())));
                if (inFlight.size() == BATCHES_IN_FLIGHT * maxBatch) {
                    inFlight.remove().get();
                }
            }
            while (!inFlight.isEmpty()) {
                inFlight.remove().get();
            }
            return submitted / EngineLoop.since(started);
        } catch (ExecutionException failed) {
            throw new IOException("The batcher's engine failed: " + failed.getCause(), failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted.", stopped);
        }
    }

    /**
     * Images at random moments (a Poisson process, seeded).
     *
     * @param rate images a second
     * @param p99Millis of the time in the queue
     * @param batchMillis one full batch in the engine, median
     */
    record Queueing(double rate, double p50Millis, double p99Millis, double batchMillis) {
        boolean holds() {
            return p99Millis <= MAX_DELAY.toMillis() + batchMillis;
        }
    }

    Queueing queueing(double rate, double seconds) throws IOException {
        Random random = new Random(SEED);
        List<CompletableFuture<InferenceResult>> results = new ArrayList<>();
        double batch = maxBatch / new EngineLoop(engine, images.subList(0, maxBatch)).measure(seconds / 4);
        try (DynamicBatcher batcher = new DynamicBatcher(engine, options())) {
            long started = System.nanoTime();
            double due = 0;
            for (int i = 0; due < seconds; i++) {
                due -= Math.log(1 - random.nextDouble()) / rate;
                for (double early = due - EngineLoop.since(started); early > 0; early = due - EngineLoop.since(started)) {
                    LockSupport.parkNanos((long) (early * 1e9));
                }
                results.add(batcher.submit(images.get(i % images.size())));
            }
            List<Double> waited = new ArrayList<>();
            for (CompletableFuture<InferenceResult> result : results) {
                waited.add(result.get().times().queueNanos() / 1e6);
            }
            waited.sort(null);
            return new Queueing(rate, waited.get(waited.size() / 2), waited.get((int) (0.99 * (waited.size() - 1))), batch * 1e3);
        } catch (ExecutionException failed) {
            throw new IOException("The batcher's engine failed: " + failed.getCause(), failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted.", stopped);
        }
    }

    private BatcherOptions options() {
        return new BatcherOptions(maxBatch, MAX_DELAY, 64 * maxBatch, 256L << 20, 0.25, 1);
    }
}
