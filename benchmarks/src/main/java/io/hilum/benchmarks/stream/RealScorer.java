package io.hilum.benchmarks.stream;

import io.hilum.inference.BatcherOptions;
import io.hilum.inference.EngineIdentity;
import io.hilum.inference.InferenceEngine;
import io.hilum.inference.InferenceRequest;
import io.hilum.inference.InferenceResult;
import io.hilum.model.card.ModelCard;
import io.hilum.processor.model.EngineScorer;
import io.hilum.processor.model.ModelHost;
import io.hilum.processor.score.ScoreMeters;
import io.hilum.processor.score.Scorer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;

/** The service's own scorer, batcher and host around an engine that outlives them. */
final class RealScorer implements AutoCloseable {

    private static final int PREPARE_THREADS = 2;

    private final BusyTimes busy = new BusyTimes();
    private final ModelHost host;
    private final EngineScorer scorer;

    RealScorer(InferenceEngine engine, BatcherOptions options, int maps) {
        host = new ModelHost(options, serving -> { });
        host.serve(new Lent(engine, busy));
        scorer = new EngineScorer(host, maps, PREPARE_THREADS, new ScoreMeters(new SimpleMeterRegistry()));
    }

    Scorer scorer() {
        return scorer;
    }

    /** When the engine computed. */
    BusyTimes busy() {
        return busy;
    }

    @Override
    public void close() {
        scorer.close();
        host.close();
    }

    /** The host closes what it serves; this engine is measured again. */
    private record Lent(InferenceEngine engine, BusyTimes busy) implements InferenceEngine {

        @Override
        public EngineIdentity identity() {
            return engine.identity();
        }

        @Override
        public ModelCard card() {
            return engine.card();
        }

        @Override
        public List<InferenceResult> infer(List<InferenceRequest> batch) {
            long began = Films.micros();
            try {
                return engine.infer(batch);
            } finally {
                busy.add(began, Films.micros());
            }
        }

        @Override
        public void close() {
            // Its owner closes it.
        }
    }
}
