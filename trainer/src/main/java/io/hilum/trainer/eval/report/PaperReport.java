package io.hilum.trainer.eval.report;

import java.util.List;

/**
 * The reference's own figures, chosen and computed as its code does: to be compared with a publication, and with
 * nothing else.
 *
 * @param set the data set that the checkpoint was chosen on and that is reported
 * @param checkpoints all that were compared
 * @param chosen file of the best
 * @param labels of the model
 * @param aucs one a label on half-precision scores; 0 where only one kind of film is there
 * @param meanAuc over the labels whose AUC is not exactly 0
 * @param dropped labels that are not in the mean
 * @param accuracyPercent of a model that names one label; null for others
 */
public record PaperReport(String set, List<Checkpoint> checkpoints, String chosen, List<String> labels, double[] aucs, double meanAuc,
        List<String> dropped, Double accuracyPercent) {
    /** A file of weights and its mean AUC on the test films. */
    public record Checkpoint(String file, double meanAuc) {}
}
