package io.hilum.exporter;

import io.hilum.model.bundle.Bundle;
import io.hilum.model.bundle.Proof;
import io.hilum.model.bundle.Proof.GoldenProof;
import io.hilum.model.bundle.Proof.NetworkProof;
import io.hilum.model.bundle.Proof.QuantisationProof;
import java.util.Locale;

/** A bundle's proof for people. */
final class ProofText {

    /** Of fewer films a proof is weaker than it should be. */
    private static final int FILMS = 256;

    private ProofText() {}

    static String of(Bundle bundle) {
        StringBuilder text = new StringBuilder();
        Proof proof = bundle.manifest().proof();
        line(text, "%s %s is a bundle at %s", bundle.manifest().line(), bundle.manifest().version(), bundle.folder());
        GoldenProof golden = proof.golden();
        if (golden != null) {
            line(text, "reference: logits differ by at most %.2g (allowed %.2g), raw maps by %.2g of their maximum (%.2g), final maps by %.2g (%.2g)",
                    golden.logits(), golden.logitTolerance(), golden.rawMaps(), golden.rawMapTolerance(), golden.finalMaps(),
                    golden.finalMapTolerance());
        }
        for (NetworkProof network : proof.networks()) {
            line(text, "%s in %s, %d films: %s; a film among 31 others differs by %.2g (%s)", network.target().id(),
                    network.precision().id(), network.films(), network.closeness().describe(network.precision()),
                    network.maxBatchDifference(), network.engine());
        }
        QuantisationProof int8 = proof.quantisation();
        if (int8 != null) {
            line(text, "int8 on %d held-out films: mean AUC %.4f, drops by %.2f points (upper 95 %% bound %.2f), most %s by %.2f; %.2f %% of decisions flip",
                    int8.films(), int8.auc(), 100 * int8.drop(), 100 * int8.dropUpper(), int8.worstLabel(), 100 * int8.worstDrop(),
                    100 * int8.flips());
        }
        if (proof.networks().get(0).films() < FILMS) {
            line(text, "The probe has %d films; ./hilum evaluate writes %d, which prove more.", proof.networks().get(0).films(), FILMS);
        }
        line(text, "sha256 %s", bundle.sha256());
        return text.toString();
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
    }
}
