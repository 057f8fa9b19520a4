package io.hilum.trainer.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.model.card.Interval;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PairedAnalysisTest {
    private static final int[] TRUTH = {1, 1, 0, 0};
    private static final long[] ALONE = {1, 2, 3, 4};

    @Test
    void theFiguresAreThoseThatOneWorksOutByHand() {
        // AUC of a: 1 and 3/4; of b: 1/2 (all tied) and 3/4. Differences 1/2 and 0.
        var analysis = new PairedAnalysis(TRUTH, ALONE, Map.of(
            "a", List.of(new double[] {4, 3, 2, 1}, new double[] {4, 2, 3, 1}),
            "b", List.of(new double[] {1, 1, 1, 1}, new double[] {4, 2, 3, 1})));
        assertArrayEquals(new double[] {1, 0.75}, analysis.aucs("a"), 1e-12);
        assertArrayEquals(new double[] {0.5, 0}, analysis.paired("a", "b"), 1e-12);
        assertEquals(0.25, analysis.difference("a", "b").value(), 1e-12);
        assertEquals(Math.sqrt(0.125), PairedAnalysis.spread(analysis.paired("a", "b")), 1e-12);
        assertEquals("a", analysis.best(List.of("b", "a", "not run")));
    }

    @Test
    void oneScoringIsNotDifferentFromItself() {
        double[][] made = scores(3, 0.3);
        var analysis = new PairedAnalysis(truth(), clusters(), Map.of("a", List.of(made), "b", List.of(made)));
        assertEquals(new Interval(0, 0, 0), analysis.difference("a", "b"));
        assertTrue(analysis.mean("a").low() < analysis.mean("a").high());
    }

    /** The interval comes from test groups: seeds that agree do not narrow it, seeds that differ do not widen it. */
    @Test
    void seedsDoNotPassForPatients() {
        double[] one = scores(1, 0.5)[0];
        var few = new PairedAnalysis(truth(), clusters(), Map.of("a", List.of(one)));
        var many = new PairedAnalysis(truth(), clusters(), Map.of("a", List.of(one, one, one, one, one)));
        assertEquals(few.mean("a").low(), many.mean("a").low(), 1e-12);
        assertEquals(few.mean("a").high(), many.mean("a").high(), 1e-12);
        assertEquals(0, PairedAnalysis.spread(many.aucs("a")), 1e-12);
        assertTrue(Double.isNaN(PairedAnalysis.spread(few.aucs("a"))), "one seed has no spread");
    }

    /** Films of one patient are no independent evidence. */
    @Test
    void filmsOfOnePatientDoNotNarrowTheInterval() {
        double[] one = scores(1, 0.5)[0];
        long[] alone = new long[one.length];
        for (int i = 0; i < alone.length; i++) {
            alone[i] = i;
        }
        var byFilm = new PairedAnalysis(truth(), alone, Map.of("a", List.of(one)));
        var byGroup = new PairedAnalysis(truth(), clusters(), Map.of("a", List.of(one)));
        assertEquals(60, byFilm.groups());
        assertEquals(12, byGroup.groups());
        assertTrue(width(byGroup.mean("a")) > width(byFilm.mean("a")));
    }

    @Test
    void unequalSeedsAreNotPaired() {
        var analysis = new PairedAnalysis(TRUTH, ALONE, Map.of("a", List.of(new double[4], new double[4]), "b", List.of(new double[4])));
        assertThrows(IllegalArgumentException.class, () -> analysis.paired("a", "b"));
    }

    private static double width(Interval i) {
        return i.high() - i.low();
    }

    private static int[] truth() {
        int[] out = new int[60];
        for (int i = 0; i < 60; i++) {
            out[i] = i / 5 % 2;
        }
        return out;
    }

    private static long[] clusters() {
        long[] out = new long[60];
        for (int i = 0; i < 60; i++) {
            out[i] = i / 5;
        }
        return out;
    }

    /** Each group has one score of its own. */
    private static double[][] scores(int seeds, double signal) {
        var random = new SplittableRandom(3);
        double[][] out = new double[seeds][60];
        for (double[] seed : out) {
            double group = 0;
            for (int i = 0; i < 60; i++) {
                group = i % 5 == 0 ? random.nextGaussian() : group;
                seed[i] = signal * truth()[i] + group + 0.01 * random.nextGaussian();
            }
        }
        return out;
    }
}
