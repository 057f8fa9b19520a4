package io.hilum.exporter.quantise;

import io.hilum.exporter.ExportException;
import io.hilum.model.bundle.Proof.QuantisationProof;
import java.util.ArrayList;
import java.util.List;

/** When int8 may serve. A set on which fp32 is perfect, or no better than chance, could not show what int8 loses. */
final class QuantisationRules {

    static final int FILMS = 1000;
    static final double LEAST_AUC = 0.75;
    static final double MOST_AUC = 0.98;
    static final double DROP_UPPER = 0.005;
    static final double LABEL_DROP = 0.01;
    static final double FLIPS = 0.01;

    private QuantisationRules() {}

    /** @throws ExportException naming all rules that are broken */
    static void require(QuantisationProof proof) throws ExportException {
        List<String> broken = new ArrayList<>();
        if (proof.films() < FILMS) {
            broken.add("the held-out set has %d films, %d are needed".formatted(proof.films(), FILMS));
        }
        if (!(proof.auc() >= LEAST_AUC && proof.auc() <= MOST_AUC)) {
            broken.add("fp32 has a mean AUC of %.3f there; only between %.2f and %.2f does a set show what int8 loses"
                    .formatted(proof.auc(), LEAST_AUC, MOST_AUC));
        }
        if (!(proof.dropUpper() <= DROP_UPPER)) {
            broken.add("the mean AUC may drop by %.2f points (upper 95 %% bound), allowed are %.1f"
                    .formatted(100 * proof.dropUpper(), 100 * DROP_UPPER));
        }
        if (!(proof.worstDrop() <= LABEL_DROP)) {
            broken.add("the AUC of %s drops by %.2f points, allowed is %.0f"
                    .formatted(proof.worstLabel(), 100 * proof.worstDrop(), 100 * LABEL_DROP));
        }
        if (!(proof.flips() <= FLIPS)) {
            broken.add("%.2f %% of decisions flip, allowed is %.0f %%".formatted(100 * proof.flips(), 100 * FLIPS));
        }
        if (!broken.isEmpty()) {
            throw new ExportException("int8 is not accepted: " + String.join("; ", broken) + ". Nothing was exported; without "
                    + "--int8-training and --int8-held-out the bundle serves in fp32.");
        }
    }
}
