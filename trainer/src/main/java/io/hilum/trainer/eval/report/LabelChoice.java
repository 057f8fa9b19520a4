package io.hilum.trainer.eval.report;

import io.hilum.model.card.LabelCard;

/**
 * What was chosen for a label, before the test films were looked at.
 *
 * @param card calibration and operating point, as the service gets them
 * @param positives validation films with the finding
 * @param negatives validation films without
 * @param why no operating point: the reason in a sentence; null when there is one
 */
public record LabelChoice(LabelCard card, int positives, int negatives, String why) {}
