package io.hilum.model.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RankedScoresTest {
    private final SplittableRandom random = new SplittableRandom(5);

    /** Rounded scores, so that ties occur. */
    private double[] scores(int[] truth) {
        return Arrays.stream(truth).mapToDouble(t -> Math.round(8 * (random.nextGaussian() + (t == 1 ? 1 : 0))) / 8.0).toArray();
    }

    private int[] truth(int n) {
        return IntStream.range(0, n).map(i -> random.nextInt(3) == 0 ? 1 : 0).toArray();
    }

    @Test
    void theAreaIsTheShareOfPairsInOrder() {
        for (int round = 0; round < 20; round++) {
            int[] t = truth(60);
            double[] s = scores(t);
            double pairs = 0;
            double right = 0;
            for (int i = 0; i < 60; i++) {
                for (int j = 0; j < 60; j++) {
                    if (t[i] == 1 && t[j] == 0) {
                        pairs++;
                        right += s[i] > s[j] ? 1 : s[i] == s[j] ? 0.5 : 0;
                    }
                }
            }
            assertEquals(right / pairs, Auc.of(s, t), 1e-12);
        }
    }

    @Test
    void noRisingChangeOfTheScoresMovesAreaOrPrecision() {
        int[] t = truth(300);
        double[] s = scores(t);
        double[] bent = Arrays.stream(s).map(v -> Math.exp(3 * v) - 7).toArray();
        double[] turned = Arrays.stream(s).map(v -> -v).toArray();
        RankedScores plain = RankedScores.of(s, t);
        assertEquals(plain.auc(null), Auc.of(bent, t), 1e-12);
        assertEquals(plain.averagePrecision(null), RankedScores.of(bent, t).averagePrecision(null), 1e-12);
        assertEquals(1 - plain.auc(null), Auc.of(turned, t), 1e-12);
    }

    @Test
    void aWeightCountsAsCopies() {
        int[] t = truth(80);
        double[] s = scores(t);
        int[] w = IntStream.range(0, 80).map(i -> random.nextInt(4)).toArray();
        double[] copiedScores = IntStream.range(0, 80).boxed().flatMap(i -> IntStream.range(0, w[i]).mapToObj(k -> s[i])).mapToDouble(d -> d).toArray();
        int[] copiedTruth = IntStream.range(0, 80).flatMap(i -> IntStream.range(0, w[i]).map(k -> t[i])).toArray();
        RankedScores weighted = RankedScores.of(s, t);
        RankedScores copied = RankedScores.of(copiedScores, copiedTruth);
        assertEquals(copied.auc(null), weighted.auc(w), 1e-12);
        assertEquals(copied.averagePrecision(null), weighted.averagePrecision(w), 1e-12);
        assertEquals(copied.counts(copied.reaching(0.5), null), weighted.counts(weighted.reaching(0.5), w));
    }

    /** Worked by hand: thresholds 0.9, 0.8 (tie), 0.1 give recall 1/2, 1, 1 and precision 1, 2/3, 1/2. */
    @Test
    void averagePrecisionOfAHandMadeCase() {
        double[] s = {0.9, 0.8, 0.8, 0.1};
        int[] t = {1, 1, 0, 0};
        assertEquals(0.5 * 1 + 0.5 * 2 / 3.0, RankedScores.of(s, t).averagePrecision(null), 1e-12);
    }

    @Test
    void whatNobodyKnowsIsOutsideOfEverything() {
        int[] t = truth(100);
        double[] s = scores(t);
        int[] withUnknown = Arrays.copyOf(t, 130);
        double[] longer = Arrays.copyOf(s, 130);
        Arrays.fill(withUnknown, 100, 130, 255);
        Arrays.fill(longer, 100, 130, 99);
        RankedScores known = RankedScores.of(longer, withUnknown);
        assertEquals(100, known.films());
        assertEquals(Auc.of(s, t), known.auc(null), 1e-12);
        assertEquals(RankedScores.of(s, t).brier(null), known.brier(null), 1e-12);
    }

    @Test
    void aMissingScoreIsNotQuietlyTheWorst() {
        var e = assertThrows(IllegalArgumentException.class, () -> RankedScores.of(new double[] {0.1, Double.NaN}, new int[] {0, 1}));
        assertTrue(e.getMessage().contains("Film 1"), e.getMessage());
    }
}
