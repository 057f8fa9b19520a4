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
import org.jboss.logging.Logger;

/**
 * One model line: the engine that serves it behind a batcher of its own. Engines are exchanged between batches; the
 * old one is closed when its last batch has ended.
 *
 * <p>Life: 1. <b>serves</b> from its first engine on; 2. <b>ending</b>: nobody new finds it, what it has taken is still
 * scored, and an image that came too late goes without it; 3. <b>ended</b>.
 *
 * <p>Threading: {@link #exchange} and the ends by {@link ModelHost}, under its monitor or at the end; the rest is free
 * to share.
 */
final class ServedLine {

    private static final Logger LOG = Logger.getLogger(ServedLine.class);

    private final DynamicBatcher batcher;
    private final int maxBatch;
    /** By SHA-256 of the bundle; few and small, so they are kept: late results still find theirs. */
    private final Map<String, ModelCard> cards = new ConcurrentHashMap<>();
    private volatile String fault = "";
    private volatile Shadow shadow;
    private volatile boolean ending;

    /** Begins to serve; the line owns the engine now. */
    ServedLine(InferenceEngine engine, BatcherOptions options) {
        cards.put(engine.identity().bundleSha256(), engine.card());
        maxBatch = options.maxBatch();
        batcher = new DynamicBatcher(engine, options);
    }

    /** From the next batch on this engine scores; the line owns it now. */
    void exchange(InferenceEngine engine) {
        cards.put(engine.identity().bundleSha256(), engine.card());
        fault = "";
        batcher.swap(engine).thenAcceptAsync(InferenceEngine::close).exceptionally(failure -> {
            LOG.warnf(failure, "The replaced engine did not close cleanly; its memory may be lost until a restart.");
            return null;
        });
    }

    /** Who will compute the next batch. */
    EngineIdentity serving() {
        return batcher.engine().identity();
    }

    /** The description of the model that will compute the next batch. */
    ModelCard card() {
        return batcher.engine().card();
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
        return batcher.submit(request);
    }

    /** Images that wait for a batch. */
    int queued() {
        return batcher.queued();
    }

    /** Whether more images wait than the next batch takes. */
    boolean isBehind() {
        return batcher.queued() > maxBatch;
    }

    /** Why the engine cannot score, as a sentence; empty when it can. */
    String fault() {
        return fault;
    }

    /** @param reason the engine's fault, or empty: it has just scored an image */
    void report(String reason) {
        if (!reason.equals(fault)) {
            fault = reason;
        }
    }

    Optional<Shadow> shadow() {
        return Optional.ofNullable(shadow);
    }

    /** @param candidate null for none */
    void shadow(Shadow candidate) {
        shadow = candidate;
    }

    /** Whether the line was taken out of service: images go on without it. */
    boolean isEnding() {
        return ending;
    }

    /** Scores what it has taken, then ends. */
    void retire() {
        ending = true;
        batcher.finish();
        batcher.engine().close();
    }

    /** Cancels what waits, then ends: the service stops. */
    void stop() {
        batcher.close();
        batcher.engine().close();
    }
}
