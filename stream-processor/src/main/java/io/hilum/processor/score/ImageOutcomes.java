package io.hilum.processor.score;

import io.hilum.contracts.event.Canvas;
import io.hilum.contracts.event.DeadLetter;
import io.hilum.contracts.event.ImageFindings;
import io.hilum.contracts.event.ImageReceived;
import io.hilum.contracts.event.ImageTimes;
import io.hilum.contracts.event.Scope;
import io.hilum.processor.event.DeadLetters;
import io.hilum.processor.event.MicroClock;
import io.hilum.processor.study.StudyEvent.ImageDone;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Turns an image and what the scorer said about it into what its study is told. Holds no pixels. */
final class ImageOutcomes {

    private final ImageReceived facts;
    private final RecordMetadata where;
    private final long consumed;
    private final MicroClock clock;

    /** @param consumed when the stream took the record, microseconds since the epoch */
    ImageOutcomes(ImageReceived image, RecordMetadata where, long consumed, MicroClock clock) {
        this.facts = withoutPixels(image);
        this.where = where;
        this.consumed = consumed;
        this.clock = clock;
    }

    Outcome outOfScope(String reason) {
        return Outcome.of(done(Scope.OUT_OF_SCOPE, reason));
    }

    /**
     * What one model line could not score is neither lost nor silent: the other lines' findings count, the image stands
     * as not scored with the reason, so that nobody takes it for "nothing found", and an administrator gets a dead letter.
     * The same image scored by all lines later takes its place.
     */
    Outcome scored(Scores scores) {
        boolean whole = scores.failures().isEmpty();
        String sentence = whole ? "" : "Image " + facts.getSopInstanceUid() + " was not scored by "
                + scores.failures().stream().map(failure -> "the model line " + failure.line() + ": " + messageOf(failure.cause()))
                        .collect(Collectors.joining(" Nor by "));
        ImageFindings.Builder image = image(whole ? Scope.IN_SCOPE : Scope.NOT_SCORED, sentence);
        image.getTimesBuilder()
                .setPrepareUs(scores.times().prepareUs())
                .setQueueUs(scores.times().queueUs())
                .setComputeUs(scores.times().computeUs())
                .setOutputUs(scores.times().outputUs())
                .setBatch(scores.times().batch());
        scores.lines().forEach(line -> image.addLines(line.scores()));
        ImageDone done = new ImageDone(facts, image.build(), scores.lines().stream().map(Scores.Line::findings).toList());
        return whole ? Outcome.of(done) : Outcome.of(done, letter(sentence, scores.failures().get(0).cause()));
    }

    Outcome notScored(Throwable cause) {
        String sentence = "Image " + facts.getSopInstanceUid() + " was not scored: " + messageOf(cause);
        return Outcome.of(done(Scope.NOT_SCORED, sentence), letter(sentence, cause));
    }

    private DeadLetter letter(String sentence, Throwable cause) {
        String code = cause instanceof UnusableCanvasException ? "unusable-canvas" : "inference-failed";
        return DeadLetters.unusable(facts, code, sentence, cause.toString(), where, clock.micros());
    }

    private ImageDone done(Scope scope, String reason) {
        return new ImageDone(facts, image(scope, reason).build(), List.of());
    }

    private ImageFindings.Builder image(Scope scope, String reason) {
        Canvas canvas = facts.getCanvas();
        return ImageFindings.newBuilder()
                .setSopInstanceUid(facts.getSopInstanceUid())
                .setSeriesUid(facts.getSeriesUid())
                .setObjectSha256(facts.getObjectSha256())
                .setObjectUri(facts.getObjectUri())
                .setCanvasUri(canvas.getUri())
                .setCanvasSha256(canvas.getPixelSha256())
                .setCanvasWidth(canvas.getWidth())
                .setCanvasHeight(canvas.getHeight())
                .setView(facts.getView())
                .setScope(scope)
                .setScopeReason(reason)
                .setTimes(ImageTimes.newBuilder().setDoor(facts.getTimes()).setConsumed(consumed));
    }

    private static String messageOf(Throwable cause) {
        return cause.getMessage() == null || cause.getMessage().isBlank()
                ? "an unexpected " + cause.getClass().getSimpleName() + "; see the service's log."
                : cause.getMessage();
    }

    private static ImageReceived withoutPixels(ImageReceived image) {
        return image.toBuilder().setCanvas(image.getCanvas().toBuilder().clearPng()).build();
    }
}
