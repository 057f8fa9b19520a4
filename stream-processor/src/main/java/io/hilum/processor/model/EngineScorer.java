package io.hilum.processor.model;

import io.hilum.contracts.event.ImageReceived;
import io.hilum.inference.InferenceRequest;
import io.hilum.processor.score.ScoreMeters;
import io.hilum.processor.score.Scorer;
import io.hilum.processor.score.Scores;
import io.hilum.processor.score.ScoringBrokenException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/**
 * Scores images with every model line that serves.
 *
 * <p>The way of an image: 1. the stream thread queues it here, urgent ones first, then
 * those whose transaction began first; 2. a preparing thread decodes its canvas
 * and checks the hash, once, resizes it for each way of seeing, and submits it to each line's batcher, where it may wait
 * for room (never with the configured bounds: fewer images are let in than routine ones have room for); 3. the batchers'
 * delivering threads complete each line's part, the last of them the whole. Which lines score it is decided in 2: a line
 * that joins later scores the images after it.
 *
 * <p>What fails because of the image fails the line's part, and the future only when no line could score it; what fails
 * because the service stops cancels it, and a broken engine of any line fails it with {@link ScoringBrokenException}, so
 * that nobody takes it for the image's fault and no finding goes out without that line.
 *
 * <p>Threading: one instance a JVM, free to share; it owns the preparing threads.
 */
public final class EngineScorer implements Scorer, AutoCloseable {

    private final ModelHost host;
    private final int maps;
    private final ScoreMeters meters;
    private final Preparers preparers;

    /**
     * @param maps heat maps an image that are drawn while it is scored: of the labels with the largest margin over their
     *     operating point. An image with more positive labels is run once more for the rest, so that none is without a
     *     map; 0: no maps at all
     * @param threads threads that prepare canvases
     */
    public EngineScorer(ModelHost host, int maps, int threads, ScoreMeters meters) {
        this.host = host;
        this.maps = maps;
        this.meters = meters;
        this.preparers = new Preparers(threads);
    }

    @Override
    public CompletableFuture<Scores> score(ImageReceived image, boolean urgent) {
        return score(image, urgent, System.nanoTime());
    }

    @Override
    public CompletableFuture<Scores> score(ImageReceived image, boolean urgent, long since) {
        CompletableFuture<Scores> scores = new CompletableFuture<>();
        begin(new Job(image, urgent, since, scores));
        return scores;
    }

    /** To be closed after the stream and before the host. */
    @Override
    public void close() {
        preparers.close();
    }

    /** @param since when the transaction that waits for it began */
    private record Job(ImageReceived image, boolean urgent, long since, CompletableFuture<Scores> scores) {}

    private void begin(Job job) {
        preparers.execute(job.urgent, job.since, job.scores, () -> prepare(job));
    }

    private void prepare(Job job) {
        CompletableFuture<Scores> scores = job.scores;
        List<ServedLine> lines = host.lines();
        if (lines.isEmpty()) {
            scores.completeExceptionally(new ScoringBrokenException(
                    "No model line serves any more. Release one; the images wait on their topics.", null));
            return;
        }
        long start = System.nanoTime();
        CheckedCanvas canvas;
        try {
            canvas = CheckedCanvas.of(job.image);
        } catch (RuntimeException unusable) {
            scores.completeExceptionally(unusable);
            return;
        } catch (Error broken) {
            ScoringBrokenException sentence = new ScoringBrokenException("No canvas can be prepared: " + broken, broken);
            lines.forEach(line -> line.report(sentence.getMessage()));
            scores.completeExceptionally(sentence);
            return;
        }
        List<LineRun> runs = new ArrayList<>();
        for (ServedLine line : lines) {
            LineRun run = new LineRun(line, job.image, (input, labels) -> request(input, labels, job.urgent).since(job.since),
                    again -> preparers.execute(job.urgent, job.since, again.part(), again));
            runs.add(run);
            run.submit(canvas, start);
        }
        scores.whenComplete((ignored, failure) -> runs.forEach(run -> run.part().cancel(false)));
        CompletableFuture.allOf(runs.stream().map(LineRun::part).toArray(CompletableFuture[]::new))
                .whenComplete((ignored, failure) -> {
                    try {
                        finish(job, runs);
                    } catch (RuntimeException unexpected) {
                        scores.completeExceptionally(unexpected);
                    }
                });
    }

    private InferenceRequest request(byte[] input, int labels, boolean urgent) {
        return maps == 0
                ? InferenceRequest.scores(input, urgent)
                : InferenceRequest.withAllPositives(input, Math.min(maps, labels), urgent);
    }

    /** All parts are done, one way or another. */
    private void finish(Job job, List<LineRun> runs) {
        CompletableFuture<Scores> scores = job.scores;
        List<Scores.Line> lines = new ArrayList<>();
        List<Scores.Failure> failures = new ArrayList<>();
        Scores.Times times = new Scores.Times(0, 0, 0, 0, 0, 0);
        for (LineRun run : runs) {
            Throwable failure = run.failure();
            if (failure instanceof CancellationException) {
                scores.cancel(false);
                return;
            } else if (failure instanceof ScoringBrokenException) {
                scores.completeExceptionally(failure);
                return;
            } else if (failure != null) {
                failures.add(new Scores.Failure(run.line(), failure));
            } else if (run.part().join().isPresent()) {
                Scores part = run.part().join().get();
                lines.addAll(part.lines());
                times = part.times().totalUs() >= times.totalUs() ? part.times() : times;
            }
        }
        if (!lines.isEmpty()) {
            meters.scored(times);
            scores.complete(new Scores(lines, failures, times));
        } else if (!failures.isEmpty()) {
            scores.completeExceptionally(failures.get(0).cause());
        } else {
            // Every line that it was meant for was taken out of service meanwhile.
            begin(job);
        }
    }
}
