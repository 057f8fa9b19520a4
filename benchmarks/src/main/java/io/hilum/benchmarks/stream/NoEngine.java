package io.hilum.benchmarks.stream;

import com.google.protobuf.ByteString;
import io.hilum.contracts.event.Decision;
import io.hilum.contracts.event.Finding;
import io.hilum.contracts.event.HeatMap;
import io.hilum.contracts.event.ImageReceived;
import io.hilum.contracts.event.LineFindings;
import io.hilum.contracts.event.LineScores;
import io.hilum.contracts.event.ModelIdentity;
import io.hilum.contracts.event.Region;
import io.hilum.contracts.event.Score;
import io.hilum.inference.BatcherOptions;
import io.hilum.inference.DynamicBatcher;
import io.hilum.inference.EngineIdentity;
import io.hilum.inference.InferenceEngine;
import io.hilum.inference.InferenceRequest;
import io.hilum.inference.InferenceResult;
import io.hilum.inference.StageTimes;
import io.hilum.model.card.ModelCard;
import io.hilum.processor.score.Scorer;
import io.hilum.processor.score.Scores;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Scores nothing, at once, through the real batcher: what is left is the stream. Canvases are carried and not decoded, as in
 * {@link PlainLoop}; what decoding costs is part of the measurement with a real engine. Its results are as large as real ones:
 * fourteen findings and three heat maps.
 */
final class NoEngine implements Scorer, AutoCloseable {

    private static final int LABELS = 14;
    private static final int MAPS = 3;
    private static final int GRID = 14;
    private static final EngineIdentity WHO = new EngineIdentity("none", "1", "0".repeat(64), "nothing", true, "");

    private final DynamicBatcher batcher;
    private final InferenceRequest request = InferenceRequest.scores(new byte[1], false);
    private final LineScores scores = scores();

    NoEngine(BatcherOptions options) {
        batcher = new DynamicBatcher(new Nothing(), options);
    }

    @Override
    public CompletableFuture<Scores> score(ImageReceived image, boolean urgent) {
        try {
            return batcher.submit(request).thenApply(done -> new Scores(List.of(new Scores.Line(scores, findings(image))),
                    new Scores.Times(0, done.times().queueNanos() / 1_000, 0, 0, done.times().batch(), 1)));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return CompletableFuture.failedFuture(stopping);
        }
    }

    @Override
    public void close() {
        batcher.close();
    }

    private static LineFindings findings(ImageReceived image) {
        LineFindings.Builder findings = LineFindings.newBuilder().setModel(
                ModelIdentity.newBuilder().setLine(WHO.line()).setVersion(WHO.version()).setBundleSha256(WHO.bundleSha256()));
        for (int label = 0; label < LABELS; label++) {
            findings.addFindings(Finding.newBuilder().setLabel("Finding " + label).setProbability(label / 20.0).setOperatingPoint(0.5)
                    .setDecision(Decision.NEGATIVE).setSopInstanceUid(image.getSopInstanceUid()));
        }
        return findings.build();
    }

    private static LineScores scores() {
        LineScores.Builder scores = LineScores.newBuilder().setLine(WHO.line()).setVersion(WHO.version());
        for (int label = 0; label < LABELS; label++) {
            scores.addScores(Score.newBuilder().setLabel("Finding " + label).setProbability(label / 20.0).setLogit(-label));
        }
        for (int map = 0; map < MAPS; map++) {
            scores.addHeatMaps(HeatMap.newBuilder().setLabel("Finding " + map).setCells(ByteString.copyFrom(new byte[GRID * GRID]))
                    .setGrid(GRID).setRawMaximum(1).setRegion(Region.newBuilder().setWidth(512).setHeight(624)));
        }
        return scores.build();
    }

    private static final class Nothing implements InferenceEngine {

        @Override
        public EngineIdentity identity() {
            return WHO;
        }

        @Override
        public ModelCard card() {
            throw new UnsupportedOperationException("An engine that scores nothing has no card.");
        }

        @Override
        public List<InferenceResult> infer(List<InferenceRequest> batch) {
            InferenceResult same = new InferenceResult(
                    new float[] {0}, new double[] {0.5}, List.of(), new StageTimes(0, 0, 0, batch.size(), 1), WHO);
            return batch.stream().map(each -> same).toList();
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
