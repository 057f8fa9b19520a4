package io.hilum.sink.query;

import java.time.Instant;
import java.util.List;

/**
 * One study on the worklist.
 *
 * @param priority STAT, URGENT, ROUTINE or NONE
 * @param outcome WAITING, POSITIVE, NOT_SCORED, OUT_OF_SCOPE, UNDECIDED, NO_FINDING or WITHDRAWN
 * @param outcomeReason a sentence, or null
 * @param status RECEIVED, PRELIMINARY, FINAL, AMENDED or WITHDRAWN
 * @param revision null before the first findings
 * @param received arrival of the first image
 * @param scored when the newest revision was published
 * @param notice what must be said of the models that scored it, e.g. "Trained on synthetic images."; or null
 */
public record WorklistRow(
        String studyUid, String priority, String outcome, String outcomeReason, String status, Long revision,
        Patient patient, String accessionNumber, String studyDate, String studyTime, String description, String site,
        Instant received, Instant scored, boolean synthetic, String notice, int images, List<FindingView> findings) {}
