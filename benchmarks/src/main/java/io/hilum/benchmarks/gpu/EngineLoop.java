package io.hilum.benchmarks.gpu;

import io.hilum.inference.InferenceEngine;
import io.hilum.inference.InferenceRequest;
import io.hilum.model.bundle.SelfTest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Times {@link InferenceEngine#infer} as a service calls it: bytes in, results out. */
final class EngineLoop {
    /** Callers at once, as many as the batcher has workers on a GPU: one fills its batch while the other's is computed. */
    static final int CALLERS = 2;
    private static final int WARM_UP = 3;

    private EngineLoop() {}

    /** @param seconds half of them for the rate, half for the latency */
    static Speed time(InferenceEngine engine, SelfTest inputs, int batch, int maps, double seconds) {
        List<InferenceRequest> requests = new ArrayList<>();
        for (int i = 0; i < batch; i++) {
            requests.add(InferenceRequest.withMaps(inputs.inputs()[i % inputs.inputs().length], maps, false));
        }
        for (int i = 0; i < WARM_UP; i++) {
            engine.infer(requests);
        }
        double rate = rate(engine, requests, seconds / 2);
        List<Double> millis = new ArrayList<>();
        long started = System.nanoTime();
        do {
            long begun = System.nanoTime();
            engine.infer(requests);
            millis.add((System.nanoTime() - begun) / 1e6);
        } while ((System.nanoTime() - started) / 1e9 < seconds / 2);
        double[] sorted = millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return new Speed(batch, rate, sorted[sorted.length / 2], sorted[Math.min(sorted.length - 1, (int) (0.99 * sorted.length))]);
    }

    private static double rate(InferenceEngine engine, List<InferenceRequest> requests, double seconds) {
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try {
            long started = System.nanoTime();
            long end = started + (long) (seconds * 1e9);
            List<Future<Long>> counts = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                counts.add(callers.submit(() -> {
                    long calls = 0;
                    do {
                        engine.infer(requests);
                        calls++;
                    } while (System.nanoTime() < end);
                    return calls;
                }));
            }
            long calls = 0;
            for (Future<Long> count : counts) {
                calls += count.get();
            }
            return calls * requests.size() / ((System.nanoTime() - started) / 1e9);
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause().getMessage(), failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The measurement was interrupted.", interrupted);
        } finally {
            callers.shutdownNow();
        }
    }
}
