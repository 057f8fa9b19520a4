package io.hilum.inference;

import io.hilum.model.card.ModelCard;
import java.util.List;

/** An engine with the reasons why it is no faster one. Threading: as the engine inside. */
record Chosen(InferenceEngine engine, List<String> remarks) implements InferenceEngine {
    Chosen {
        remarks = List.copyOf(remarks);
    }

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
        return engine.infer(batch);
    }

    @Override
    public void close() {
        engine.close();
    }
}
