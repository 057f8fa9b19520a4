package io.hilum.exporter.quantise;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.exporter.ExportException;
import io.hilum.model.bundle.Proof.QuantisationProof;
import org.junit.jupiter.api.Test;

class QuantisationRulesTest {

    @Test
    void refusesNothingThatIsJustGoodEnough() {
        assertDoesNotThrow(() -> QuantisationRules.require(proof(1000, 0.75, 0.005, 0.01, 0.01)));
        assertDoesNotThrow(() -> QuantisationRules.require(proof(5000, 0.98, -0.001, -0.2, 0)));
    }

    @Test
    void acceptsNoInt8ThatBreaksARule() {
        assertRefused(proof(999, 0.9, 0.001, 0.001, 0.001), "999 films");
        assertRefused(proof(1000, 0.749, 0.001, 0.001, 0.001), "mean AUC of 0.749");
        assertRefused(proof(1000, 0.981, 0.001, 0.001, 0.001), "mean AUC of 0.981");
        assertRefused(proof(1000, Double.NaN, 0.001, 0.001, 0.001), "mean AUC of NaN");
        assertRefused(proof(1000, 0.9, 0.0051, 0.001, 0.001), "may drop by 0.51 points");
        assertRefused(proof(1000, 0.9, 0.001, 0.0101, 0.001), "AUC of Nodule drops by 1.01 points");
        assertRefused(proof(1000, 0.9, 0.001, 0.001, 0.0101), "1.01 % of decisions flip");
    }

    private static void assertRefused(QuantisationProof proof, String because) {
        ExportException refused = assertThrows(ExportException.class, () -> QuantisationRules.require(proof));
        assertTrue(refused.getMessage().contains(because), refused.getMessage());
    }

    private static QuantisationProof proof(int films, double auc, double upper, double worst, double flips) {
        return new QuantisationProof(films, auc, 0, upper, "Nodule", worst, flips);
    }
}
