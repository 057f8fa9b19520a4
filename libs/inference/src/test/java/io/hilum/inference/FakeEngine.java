package io.hilum.inference;

import io.hilum.model.card.ModelCard;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * An engine whose score of an image is its first byte. It remembers its batches, may wait at a gate, and may be
 * told to fail.
 *
 * <p>Threading: shared by the test and the batcher's workers.
 */
final class FakeEngine implements InferenceEngine {

    /** What is computed to find out whether the engine is broken. */
    static final int SOUND = 127;

    final List<List<Integer>> batches = Collections.synchronizedList(new ArrayList<>());
    /** One permit a batch that has begun. */
    final Semaphore begun = new Semaphore(0);
    private final String version;
    private final Semaphore gate;
    private Consumer<List<InferenceRequest>> mood = batch -> {};

    private FakeEngine(String version, Semaphore gate) {
        this.version = version;
        this.gate = gate;
    }

    static FakeEngine open(String version) {
        return new FakeEngine(version, new Semaphore(Integer.MAX_VALUE / 2));
    }

    /** Each batch waits for one call of {@link #letPass}. */
    static FakeEngine gated(String version) {
        return new FakeEngine(version, new Semaphore(0));
    }

    FakeEngine failing(Consumer<List<InferenceRequest>> newMood) {
        mood = newMood;
        return this;
    }

    void letPass(int count) {
        gate.release(count);
    }

    static InferenceRequest routine(int value) {
        return InferenceRequest.scores(new byte[] {(byte) value}, false);
    }

    static InferenceRequest urgent(int value) {
        return InferenceRequest.scores(new byte[] {(byte) value}, true);
    }

    static void raise(Throwable fault) {
        if (fault instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) fault;
    }

    static int value(InferenceRequest request) {
        return request.input()[0];
    }

    @Override
    public EngineIdentity identity() {
        return new EngineIdentity("chest", version, "00", "fake", false, "");
    }

    @Override
    public ModelCard card() {
        throw new UnsupportedOperationException("the batcher needs no card");
    }

    @Override
    public List<InferenceResult> infer(List<InferenceRequest> batch) {
        batches.add(batch.stream().map(FakeEngine::value).toList());
        begun.release();
        gate.acquireUninterruptibly();
        mood.accept(batch);
        return batch.stream().map(request -> new InferenceResult(
                new float[] {value(request)}, new double[] {value(request) / 100.0}, List.of(),
                new StageTimes(0, 1, 1, batch.size()), identity())).toList();
    }

    @Override
    public void computeSoundInput() {
        mood.accept(List.of(routine(SOUND)));
    }

    @Override
    public void close() {}
}
