package io.hilum.processor.score;

import io.hilum.contracts.event.LineFindings;
import io.hilum.contracts.event.LineScores;
import java.util.List;
import java.util.Objects;

/**
 * What the models say about one image.
 *
 * @param lines one a model line that scored it
 * @param failures one a model line that could not, because of this image
 * @param times where the time went
 */
public record Scores(List<Line> lines, List<Failure> failures, Times times) {

    public Scores {
        lines = List.copyOf(lines);
        failures = List.copyOf(failures);
        Objects.requireNonNull(times, "times");
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("Scores of no model line are no scores.");
        }
    }

    /** Of lines that all scored it. */
    public Scores(List<Line> lines, Times times) {
        this(lines, List.of(), times);
    }

    /**
     * One model line.
     *
     * @param scores raw and calibrated scores and heat maps
     * @param findings the same scores against the model's operating points, with the model's identity
     */
    public record Line(LineScores scores, LineFindings findings) {

        public Line {
            if (!scores.getLine().equals(findings.getModel().getLine())
                    || !scores.getVersion().equals(findings.getModel().getVersion())) {
                throw new IllegalArgumentException("Scores of " + scores.getLine() + " " + scores.getVersion()
                        + " cannot stand beside findings of " + findings.getModel().getLine() + " "
                        + findings.getModel().getVersion() + ".");
            }
        }
    }

    /**
     * A model line that could not score this image.
     *
     * @param cause the image's fault, never the engine's
     */
    public record Failure(String line, Throwable cause) {}

    /**
     * Where the time went, in microseconds; with several lines, on the way through the one that was last.
     *
     * @param prepareUs canvas to model input
     * @param queueUs waiting for a batch
     * @param computeUs the batch in the engine, shared by the batch; both passes of an image that took two
     * @param outputUs the engine's output into results, shared by the batch; of both passes, too
     * @param batch how many images shared the batch
     * @param passes 1, or 2 where the image had more positive labels than the first pass drew heat maps
     */
    public record Times(long prepareUs, long queueUs, long computeUs, long outputUs, int batch, int passes) {

        /** From the canvas to the result. */
        public long totalUs() {
            return prepareUs + queueUs + computeUs + outputUs;
        }
    }
}
