package io.hilum.processor;

import io.hilum.contracts.event.Decision;
import io.hilum.contracts.event.Finding;
import io.hilum.contracts.event.ImageReceived;
import io.hilum.contracts.event.LineFindings;
import io.hilum.contracts.event.LineScores;
import io.hilum.contracts.event.ModelIdentity;
import io.hilum.contracts.event.Score;
import io.hilum.processor.score.Scorer;
import io.hilum.processor.score.Scores;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Scores by the SOP Instance UID alone, after a time that depends on it too: results overtake each other and
 * are the same in every run.
 */
public final class FakeScorer implements Scorer, AutoCloseable {

    public static final ModelIdentity MODEL = ModelIdentity.newBuilder()
            .setLine("fake").setVersion("1").setBundleSha256(TestImages.sha256("fake")).setEngine("none").build();

    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2, work -> {
        Thread thread = new Thread(work, "fake-engine");
        thread.setDaemon(true);
        return thread;
    });
    private final int maxMillis;

    /** @param maxMillis results take from 0 to this time */
    public FakeScorer(int maxMillis) {
        this.maxMillis = maxMillis;
    }

    @Override
    public CompletableFuture<Scores> score(ImageReceived image, boolean urgent) {
        CompletableFuture<Scores> scores = new CompletableFuture<>();
        int millis = Math.floorMod(image.getSopInstanceUid().hashCode(), maxMillis + 1);
        threads.schedule(() -> scores.complete(scoresOf(image)), millis, TimeUnit.MILLISECONDS);
        return scores;
    }

    /** 0..0.999, the same for the same image. */
    public static double probabilityOf(String sop) {
        return Math.floorMod(sop.hashCode(), 1000) / 1000.0;
    }

    public static Scores scoresOf(ImageReceived image) {
        return scoresOf(image, MODEL, probabilityOf(image.getSopInstanceUid()));
    }

    public static Scores scoresOf(ImageReceived image, ModelIdentity model, double probability) {
        LineFindings findings = LineFindings.newBuilder().setModel(model)
                .addFindings(Finding.newBuilder().setLabel("Effusion").setProbability(probability).setOperatingPoint(0.5)
                        .setDecision(probability >= 0.5 ? Decision.POSITIVE : Decision.NEGATIVE)
                        .setSopInstanceUid(image.getSopInstanceUid()))
                .build();
        LineScores scores = LineScores.newBuilder().setLine(model.getLine()).setVersion(model.getVersion())
                .addScores(Score.newBuilder().setLabel("Effusion").setProbability(probability)).build();
        return new Scores(List.of(new Scores.Line(scores, findings)), new Scores.Times(1, 2, 3, 4, 1, 1));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
