package io.hilum.processor.model;

import io.hilum.inference.EngineIdentity;
import io.hilum.inference.HeatMap;
import io.hilum.inference.InferenceEngine;
import io.hilum.inference.InferenceRequest;
import io.hilum.inference.InferenceResult;
import io.hilum.inference.StageTimes;
import io.hilum.model.Architecture;
import io.hilum.model.card.Calibration;
import io.hilum.model.card.LabelCard;
import io.hilum.model.card.ModelCard;
import io.hilum.model.card.OperatingPoint;
import io.hilum.model.input.Geometry;
import io.hilum.processor.TestImages;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** An engine that needs no bundle: its logit is the first pixel; one heat map whose every cell is hot. */
public final class FakeEngine implements InferenceEngine {

    public final AtomicBoolean closed = new AtomicBoolean();
    /** When set, a batch waits for it. */
    public volatile CountDownLatch hold;
    public final CountDownLatch entered = new CountDownLatch(1);
    /** Images whose first pixel is this cannot be computed. */
    public volatile int poison = -1;
    /** When set, nothing can be computed. */
    public volatile String fault;
    /** The request that was computed last. */
    volatile InferenceRequest last;
    volatile int passes = 1;
    /** How long each image of a batch takes. */
    public volatile long imageMillis;
    /** Of the first label. */
    public volatile double probability = 0.75;
    public volatile List<String> remarks = List.of();
    private final EngineIdentity identity;
    private final ModelCard card;

    public FakeEngine(String line, String version, Geometry geometry, int size) {
        identity = new EngineIdentity(line, version, TestImages.sha256(line + version), "fake cpu", false, "a notice");
        card = new ModelCard(ModelCard.SCHEMA, line, version, Architecture.EVA_X_TI, size, geometry, 0.5, 0.25,
                List.of(new LabelCard("Effusion", new Calibration(1, 0), new OperatingPoint(0.5, 0.9, null, null, 50)),
                        new LabelCard("Nodule", new Calibration(1, 0), null)),
                List.of(), null, false, "");
    }

    public static FakeEngine of(String version) {
        return new FakeEngine("chest", version, Geometry.STRETCH, 224);
    }

    @Override
    public EngineIdentity identity() {
        return identity;
    }

    @Override
    public ModelCard card() {
        return card;
    }

    @Override
    public List<String> remarks() {
        return remarks;
    }

    @Override
    public List<InferenceResult> infer(List<InferenceRequest> batch) {
        entered.countDown();
        CountDownLatch wait = hold;
        if (wait != null) {
            try {
                wait.await();
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
        }
        if (fault != null) {
            throw new IllegalStateException(fault);
        }
        if (closed.get()) {
            throw new IllegalStateException("used after close");
        }
        if (batch.stream().anyMatch(request -> (request.input()[0] & 0xff) == poison)) {
            throw new IllegalStateException("poison");
        }
        last = batch.get(batch.size() - 1);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(imageMillis * batch.size()));
        return batch.stream().map(request -> result(request)).toList();
    }

    private InferenceResult result(InferenceRequest request) {
        if (request.input().length != card.inputSize() * card.inputSize()) {
            throw new IllegalArgumentException("input of " + request.input().length + " bytes");
        }
        float logit = request.input()[0] & 0xff;
        float[] map = {1, 1, 1, 1};
        return new InferenceResult(new float[] {logit, -logit}, new double[] {probability, 1 - probability},
                List.of(new HeatMap(0, 2, map, map, 0.5f), new HeatMap(1, 2, map, map, -1)),
                new StageTimes(0, 2_000, 3_000, 1, passes), identity);
    }

    @Override
    public void close() {
        closed.set(true);
    }
}
