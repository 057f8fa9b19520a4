package io.hilum.inference;

import io.hilum.model.card.ModelCard;
import java.util.List;
import java.util.function.UnaryOperator;

/** An engine whose results are tampered with. */
record FakeEngineWrapper(InferenceEngine engine, UnaryOperator<List<InferenceResult>> tamper) implements InferenceEngine {

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
        return tamper.apply(engine.infer(batch));
    }

    @Override
    public void computeSoundInput() {
        engine.computeSoundInput();
    }

    @Override
    public void close() {
        engine.close();
    }
}
