package io.hilum.sink.query;

import java.time.Instant;
import java.util.List;

/** One study, whole. Times are UTC; durations end in their unit. */
public record StudyView(
        WorklistRow study,
        String statusReason,
        String priorityRule,
        List<String> priorityInputs,
        String birthDate,
        String referringPhysician,
        String requestedProcedureId,
        String placerOrderNumber,
        List<Line> lines,
        List<Image> images,
        List<Revision> history,
        Times times) {

    /**
     * The model of one line and what it found.
     *
     * @param trainedOnSynthetic the model has seen only synthetic images
     * @param notice what must be said of it; never empty when trainedOnSynthetic
     */
    public record Line(String line, String version, String bundleSha256, String engine, boolean trainedOnSynthetic,
            String notice, List<FindingView> findings) {}

    /**
     * One image.
     *
     * @param scope IN_SCOPE, OUT_OF_SCOPE or NOT_SCORED
     * @param canvas address of the canvas PNG; null where there is none
     */
    public record Image(String sopInstanceUid, String seriesUid, String objectSha256, String view, String scope,
            String scopeReason, String canvas, String canvasSha256, int canvasWidth, int canvasHeight,
            List<Score> scores, List<Heat> heatMaps, ImageTimes times) {}

    /** One model's raw word on one image, before merging. */
    public record Score(String line, String label, double logit, double probability) {}

    /**
     * A heat map.
     *
     * @param overlay address of a transparent PNG of canvas size
     * @param rawMaximum largest value before scaling: maps are min-max scaled, a weak one looks as hot as a strong one
     */
    public record Heat(String line, String label, String overlay, double rawMaximum, int grid,
            double regionX, double regionY, double regionWidth, double regionHeight) {}

    /** The stages of one image, in order. */
    public record ImageTimes(Instant received, Instant stored, Instant rendered, Instant published, Instant consumed,
            Long queueMicros, Long computeMicros, Long outputMicros, Instant forwarded, Integer batch) {}

    /** A published revision. */
    public record Revision(long revision, String status, String statusReason, String outcome, String priority,
            String rule, List<String> inputs, Instant emitted, Instant stored, List<FindingView> findings) {}

    /**
     * The study's times.
     *
     * @param receivedToScoredMillis from the newest image's last byte to publication of the first revision that knew it
     */
    public record Times(Instant firstReceived, Instant lastReceived, Instant scored, Instant stored, Long receivedToScoredMillis) {}
}
