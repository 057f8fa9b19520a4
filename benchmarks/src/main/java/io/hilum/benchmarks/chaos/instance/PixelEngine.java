package io.hilum.benchmarks.chaos.instance;

import io.hilum.inference.EngineIdentity;
import io.hilum.inference.InferenceEngine;
import io.hilum.inference.InferenceException;
import io.hilum.inference.InferenceRequest;
import io.hilum.inference.InferenceResult;
import io.hilum.inference.StageTimes;
import io.hilum.model.Architecture;
import io.hilum.model.bundle.Sha256;
import io.hilum.model.card.Calibration;
import io.hilum.model.card.LabelCard;
import io.hilum.model.card.ModelCard;
import io.hilum.model.input.Geometry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * An engine that everybody can check: the probability of a label is the first 53 bits of
 * {@code SHA-256(version ":" label ":" hex(SHA-256(pixels)))}, as a fraction. It takes the time of a small batch, without
 * using a core, so that batches really are under way when something breaks.
 *
 * <p>A canvas of {@link #SIDE} x {@link #SIDE} pixels is the model's input unchanged.
 *
 * <p>Threading: immutable but for the shared {@link EngineSwitch}; free to share.
 */
final class PixelEngine implements InferenceEngine {

    /** Side of the input, in pixels. */
    static final int SIDE = 64;
    static final List<String> LABELS = List.of("Effusion", "Pneumothorax");
    /** An image that begins with these pixels cannot be scored, nor can any batch that it is part of. */
    static final byte[] MARK = "POISONED".getBytes(StandardCharsets.US_ASCII);

    private final ModelCard card;
    private final EngineIdentity identity;
    private final EngineSwitch power;
    private final long batchNanos;
    private final long imageNanos;

    /**
     * @param power when it is off, no batch is computed
     * @param batchNanos of computing a batch, and besides
     * @param imageNanos of each image
     */
    PixelEngine(String line, String version, String sha256, EngineSwitch power, long batchNanos, long imageNanos) {
        card = new ModelCard(ModelCard.SCHEMA, line, version, Architecture.EVA_X_TI, SIDE, Geometry.STRETCH, 0.5, 0.25,
                LABELS.stream().map(label -> new LabelCard(label, Calibration.NONE, null)).toList(), List.of(), null, false, "");
        identity = EngineIdentity.of(card, sha256, "pixels");
        this.power = power;
        this.batchNanos = batchNanos;
        this.imageNanos = imageNanos;
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
    public List<InferenceResult> infer(List<InferenceRequest> batch) {
        power.requireOn();
        long began = System.nanoTime();
        long end = began + batchNanos + batch.size() * imageNanos;
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        // Also an engine that breaks in the middle of a batch.
        power.requireOn();
        if (batch.stream().anyMatch(request -> isMarked(request.input()))) {
            throw new InferenceException("One of the " + batch.size() + " images is marked as poison.");
        }
        StageTimes times = new StageTimes(0, System.nanoTime() - began, 0, batch.size());
        List<InferenceResult> results = new ArrayList<>(batch.size());
        for (InferenceRequest request : batch) {
            double[] probabilities = probabilities(request.input());
            float[] logits = new float[probabilities.length];
            for (int label = 0; label < logits.length; label++) {
                logits[label] = (float) Math.log(probabilities[label] / (1 - probabilities[label]));
            }
            results.add(new InferenceResult(logits, probabilities, List.of(), times, identity));
        }
        return results;
    }

    private double[] probabilities(byte[] pixels) {
        String digest = Sha256.of(pixels);
        return LABELS.stream()
                .mapToDouble(label -> fraction((card.version() + ":" + label + ":" + digest).getBytes(StandardCharsets.UTF_8)))
                .toArray();
    }

    private static double fraction(byte[] text) {
        return (ByteBuffer.wrap(Sha256.digest().digest(text)).getLong() >>> 11) * 0x1p-53;
    }

    private static boolean isMarked(byte[] input) {
        return Arrays.equals(input, 0, MARK.length, MARK, 0, MARK.length);
    }

    @Override
    public void close() {
        // It holds nothing.
    }
}
