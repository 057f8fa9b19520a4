package io.hilum.processor.model;

import io.hilum.inference.BatcherOptions;
import io.hilum.inference.DynamicBatcher;
import io.hilum.inference.EngineIdentity;
import io.hilum.inference.InferenceEngine;
import io.hilum.inference.InferenceRequest;
import io.hilum.inference.InferenceResult;
import io.hilum.model.card.ModelCard;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * The engine that serves, behind the JVM's one batcher. Engines are exchanged between batches; the old one
 * is closed when its last batch has ended.
 *
 * <p>One model line serves today. What travels downstream are lists of lines, so a second one changes this
 * class and {@link EngineScorer} only.
 *
 * <p>Threading: {@link #serve} and {@link #close} by the release thread or at the end; the rest is free to share.
 */
public final class ModelHost implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ModelHost.class);

    private final BatcherOptions options;
    private final Consumer<EngineIdentity> onServe;
    private final CompletableFuture<Void> firstModel = new CompletableFuture<>();
    /** By SHA-256 of the bundle; few and small, so they are kept: late results still find theirs. */
    private final Map<String, ModelCard> cards = new ConcurrentHashMap<>();
    private volatile DynamicBatcher batcher;
    private volatile String fault = "";
    private boolean closed;

    /** @param onServe told of each engine that begins to serve */
    public ModelHost(BatcherOptions options, Consumer<EngineIdentity> onServe) {
        this.options = options;
        this.onServe = onServe;
    }

    /** From the next batch on this engine scores; the host owns it now. */
    public synchronized void serve(InferenceEngine engine) {
        if (closed) {
            engine.close();
            return;
        }
        cards.put(engine.identity().bundleSha256(), engine.card());
        onServe.accept(engine.identity());
        fault = "";
        if (batcher == null) {
            batcher = new DynamicBatcher(engine, options);
            firstModel.complete(null);
        } else {
            batcher.swap(engine).thenAcceptAsync(InferenceEngine::close).exceptionally(failure -> {
                LOG.warnf(failure, "The replaced engine did not close cleanly; its memory may be lost until a restart.");
                return null;
            });
        }
    }

    /** Completes when a model serves for the first time. */
    public CompletableFuture<Void> firstModel() {
        return firstModel.copy();
    }

    /** Who will compute the next batch. */
    public Optional<EngineIdentity> serving() {
        DynamicBatcher now = batcher;
        return now == null ? Optional.empty() : Optional.of(now.engine().identity());
    }

    /** Why the engine that serves cannot score, as a sentence; empty when it can. */
    public String fault() {
        return fault;
    }

    /** @param reason the engine's fault, or empty: it has just scored an image */
    void report(String reason) {
        if (!reason.equals(fault)) {
            fault = reason;
        }
    }

    /** The description of the model that will compute the next batch. */
    ModelCard card() {
        return requireBatcher().engine().card();
    }

    /** The description of a model that serves or has served. */
    ModelCard cardOf(EngineIdentity engine) {
        ModelCard card = cards.get(engine.bundleSha256());
        if (card == null) {
            throw new IllegalStateException("A result came from the unknown bundle " + engine.bundleSha256() + ".");
        }
        return card;
    }

    /** As {@link DynamicBatcher#submit}. */
    CompletableFuture<InferenceResult> submit(InferenceRequest request) throws InterruptedException {
        return requireBatcher().submit(request);
    }

    /** Images that wait for a batch. */
    public int queued() {
        DynamicBatcher now = batcher;
        return now == null ? 0 : now.queued();
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            if (batcher != null) {
                batcher.close();
                batcher.engine().close();
            }
        }
    }

    private DynamicBatcher requireBatcher() {
        DynamicBatcher now = batcher;
        if (now == null) {
            throw new IllegalStateException("No model serves yet; the stream must not run.");
        }
        return now;
    }
}
