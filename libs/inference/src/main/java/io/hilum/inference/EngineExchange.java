package io.hilum.inference;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * The engine in service, exchangeable between batches.
 *
 * <p>A batch leases the engine that serves when it starts and keeps it to its end, whatever is exchanged
 * meanwhile: one batch, one version. The old engine is handed back when its last lease ends.
 *
 * <p>Threading: workers lease, any thread swaps; guarded by the exchange's own monitor. Futures complete
 * outside of it.
 */
final class EngineExchange {

    private Tenure serving;

    EngineExchange(InferenceEngine first) {
        serving = new Tenure(Objects.requireNonNull(first, "engine"));
    }

    synchronized InferenceEngine serving() {
        return serving.engine;
    }

    synchronized Tenure lease() {
        serving.leases++;
        return serving;
    }

    void release(Tenure tenure) {
        boolean handBack;
        synchronized (this) {
            tenure.leases--;
            handBack = tenure != serving && tenure.leases == 0;
        }
        if (handBack) {
            tenure.ended.complete(tenure.engine);
        }
    }

    CompletableFuture<InferenceEngine> swap(InferenceEngine next) {
        Objects.requireNonNull(next, "engine");
        Tenure old;
        boolean idle;
        synchronized (this) {
            if (next == serving.engine) {
                throw new IllegalArgumentException("This engine serves already; swapping it with itself would hand "
                        + "it back to be closed.");
            }
            old = serving;
            serving = new Tenure(next);
            idle = old.leases == 0;
        }
        if (idle) {
            old.ended.complete(old.engine);
        }
        return old.ended;
    }

    /** The time that one engine serves. */
    static final class Tenure {

        private final InferenceEngine engine;
        private final CompletableFuture<InferenceEngine> ended = new CompletableFuture<>();
        private int leases;

        private Tenure(InferenceEngine engine) {
            this.engine = engine;
        }

        InferenceEngine engine() {
            return engine;
        }
    }
}
