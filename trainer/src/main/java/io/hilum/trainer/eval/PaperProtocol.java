package io.hilum.trainer.eval;

import io.hilum.model.metric.ClassCounts;
import io.hilum.model.metric.RankedScores;
import io.hilum.trainer.eval.report.PaperReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the reference's code does (section 4 of its specification): the checkpoint with the best mean AUC on the
 * <em>test</em> films, AUC on half-precision sigmoid scores, 0 for a label with one kind of film only, and every exact 0 left out
 * of the mean. The choice on the test films flatters; that is why none of it goes into a card.
 */
final class PaperProtocol {
    /** For the reader of a report. */
    static final String NOTE = "PAPER PROTOCOL. These figures repeat the choices of the published code: the checkpoint was chosen by its mean AUC on "
        + "the test films themselves, so they are flattered. They serve to compare with the publication and are not written into the model's card.";

    private PaperProtocol() {}

    /** Which part of a film was seen; the reference's part is another one where the input has 224 pixels. */
    static String view(String geometry) {
        return ("The view is Hilum's, not the reference's: the whole film of the cache (%s), resized to the input. The reference resizes the shorter side to 256 "
            + "pixels and sees the middle 224 x 224 (at an input of 480, the middle 480 of 480).").formatted(
                geometry.equals("crop") ? "the middle square of the canvas" : "the whole canvas, stretched to a square");
    }

    /** AUC of each label as the reference counts it. */
    static double[] aucs(MeasuredFilms films) {
        Choice choice = Choice.paper(films.labels());
        double[] out = new double[films.labels().size()];
        for (int l = 0; l < out.length; l++) {
            double auc = RankedScores.of(choice.probability(films, l), films.truth(l)).auc(null);
            out[l] = Double.isNaN(auc) ? 0 : auc;
        }
        return out;
    }

    /** The mean of what is not exactly 0; 0 when nothing is left. */
    static double mean(double[] aucs) {
        return Arrays.stream(aucs).filter(a -> a != 0).average().orElse(0);
    }

    /**
     * @param chosen the test films with the best checkpoint's scores
     * @param file of the best
     */
    static PaperReport report(MeasuredFilms chosen, List<PaperReport.Checkpoint> checkpoints, String file, boolean singleLabel) {
        double[] aucs = aucs(chosen);
        List<String> dropped = new ArrayList<>();
        for (int l = 0; l < aucs.length; l++) {
            if (aucs[l] == 0) {
                dropped.add(chosen.labels().get(l));
            }
        }
        Double accuracy = singleLabel ? 100 * ClassCounts.of(chosen.logits(), chosen.classes(), chosen.labels().size(), null).accuracy() : null;
        return new PaperReport(chosen.name(), checkpoints, file, chosen.labels(), aucs, mean(aucs), dropped, accuracy);
    }
}
