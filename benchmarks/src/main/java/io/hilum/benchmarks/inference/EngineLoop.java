package io.hilum.benchmarks.inference;

import io.hilum.benchmarks.peer.Alternation.Rate;
import io.hilum.inference.InferenceEngine;
import io.hilum.inference.InferenceRequest;
import java.util.List;
import java.util.stream.IntStream;

/** The engine called again and again with one ready batch: the most that it can do. */
public record EngineLoop(InferenceEngine engine, List<InferenceRequest> batch) implements Rate {

    /** @param maps heat maps an image */
    public static EngineLoop of(InferenceEngine engine, List<byte[]> films, int count, int maps) {
        return new EngineLoop(engine, IntStream.range(0, count)
                .mapToObj(i -> InferenceRequest.withMaps(films.get(i % films.size()), maps, false)).toList());
    }

    @Override
    public double measure(double seconds) {
        long started = System.nanoTime();
        int calls = 0;
        while (calls == 0 || since(started) < seconds) {
            engine.infer(batch);
            calls++;
        }
        return calls * batch.size() / since(started);
    }

    static double since(long started) {
        return (System.nanoTime() - started) / 1e9;
    }
}
