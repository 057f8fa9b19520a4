package io.hilum.trainer.eval.calibration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.model.card.Calibration;
import io.hilum.model.card.Softmax;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CalibrationTest {
    private final SplittableRandom random = new SplittableRandom(2);

    private int[] drawn(double[] z, double slope, double intercept) {
        return Arrays.stream(z).mapToInt(v -> random.nextDouble() < 1 / (1 + Math.exp(-(slope * v + intercept))) ? 1 : 0).toArray();
    }

    @Test
    void plattFindsTheProbabilitiesBehindTheLogits() {
        double[] z = random.doubles(20_000, -4, 4).toArray();
        Calibration fitted = Platt.fit(z, drawn(z, 0.5, -1));
        assertEquals(0.5, fitted.a(), 0.03);
        assertEquals(-1, fitted.b(), 0.06);
    }

    @Test
    void perfectLogitsGiveAFiniteCalibrationAndInvertedOnesNone() {
        double[] z = IntStream.range(0, 100).mapToDouble(i -> i < 50 ? -8 : 8).toArray();
        int[] t = IntStream.range(0, 100).map(i -> i < 50 ? 0 : 1).toArray();
        assertTrue(Platt.fit(z, t).probability(8) > 0.9);
        int[] wrong = IntStream.range(0, 100).map(i -> i < 50 ? 1 : 0).toArray();
        assertEquals(Calibration.NONE, Platt.fit(z, wrong));
        assertNull(Recalibration.fit(z, t, new long[100]), "a perfect separation has no finite slope");
    }

    @Test
    void temperatureFindsHowMuchTooSureTheLogitsAre() {
        double[] z = random.doubles(20_000, -6, 6).toArray();
        assertEquals(1 / 2.5, Temperature.fit(z, drawn(z, 1 / 2.5, 0)).a(), 0.02);
        float[][] logits = new float[20_000][3];
        int[] truth = new int[logits.length];
        for (int i = 0; i < logits.length; i++) {
            double[] p = new double[3];
            for (int c = 0; c < 3; c++) {
                logits[i][c] = (float) (3 * random.nextGaussian());
                p[c] = Math.exp(logits[i][c] / 2.5);
            }
            double u = random.nextDouble() * (p[0] + p[1] + p[2]);
            truth[i] = u < p[0] ? 0 : u < p[0] + p[1] ? 1 : 2;
        }
        truth[0] = -1;
        assertEquals(2.5, Temperature.fitClasses(logits, truth).temperature(), 0.1);
    }

    @Test
    void softmaxLogOddsAreThoseOfTheShare() {
        float[] logits = {1.5f, -0.3f, 80f};
        double[] shares = new double[] {Math.exp(1.5 - 80), Math.exp(-0.3 - 80), 1};
        double sum = Arrays.stream(shares).sum();
        double[] odds = new Softmax(1).logOdds(logits);
        assertEquals(shares[0] / sum, Calibration.NONE.probability(odds[0]), 1e-40);
        assertEquals(1, Calibration.NONE.probability(odds[2]), 1e-12);
    }

    @Test
    void recalibrationFindsTheLineThatMadeTheTruth() {
        double[] z = random.doubles(20_000, -4, 4).toArray();
        Recalibration line = Recalibration.fit(z, drawn(z, 0.7, 0.4), LongStream.range(0, z.length).toArray());
        assertEquals(0.7, line.slope().value(), 0.03);
        assertEquals(0.4, line.intercept().value(), 0.06);
        // With independent films the sandwich is the information's inverse: about 1 / sqrt(n mean(p (1 - p) z z)).
        double information = Arrays.stream(z).map(v -> 1 / (1 + Math.exp(-(0.7 * v + 0.4)))).map(p -> p * (1 - p)).sum();
        assertEquals(1.96 / Math.sqrt(information), line.intercept().high() - line.intercept().value(), 0.01);
    }

    @Test
    void copiedFilmsDoNotNarrowTheSlopesInterval() {
        double[] z = random.doubles(400, -3, 3).toArray();
        int[] t = drawn(z, 1, 0);
        double[] copied = IntStream.range(0, 1600).mapToDouble(i -> z[i / 4]).toArray();
        int[] copiedTruth = IntStream.range(0, 1600).map(i -> t[i / 4]).toArray();
        var once = Recalibration.fit(z, t, LongStream.range(0, 400).toArray());
        var fourTimes = Recalibration.fit(copied, copiedTruth, LongStream.range(0, 1600).map(i -> i / 4).toArray());
        assertEquals(once.slope().value(), fourTimes.slope().value(), 1e-8);
        assertEquals(once.slope().low(), fourTimes.slope().low(), 1e-6);
    }

    /** Twenty films, two a bin: predicted 0.05, 0.15 ... 0.95; bin k is half wrong for the two middle bins only. */
    @Test
    void eceOfAHandMadeCase() {
        double[] p = IntStream.range(0, 20).mapToDouble(i -> (i / 2 + 0.5) / 10).toArray();
        int[] t = IntStream.range(0, 20).map(i -> i < 10 ? 0 : 1).toArray();
        // Below 0.5 nothing happens (errors 0.05 .. 0.45), above everything (0.45 .. 0.05): mean error 0.25.
        Reliability made = Reliability.of(p, t, 1);
        assertEquals(10, made.bins().size());
        assertEquals(2, made.bins().get(3).films());
        assertEquals(0.25, made.ece(), 1e-12);
        assertEquals(0.35, made.bins().get(3).meanPredicted(), 1e-12);
        assertEquals(1, made.bins().get(7).observed().value());
    }

    @Test
    void anErrorThatChanceExplainsIsSaidSo() {
        double[] p = random.doubles(2000).toArray();
        int[] t = Arrays.stream(p).mapToInt(v -> random.nextDouble() < v ? 1 : 0).toArray();
        Reliability right = Reliability.of(p, t, 1);
        assertEquals(right.eceByChance(), right.ece(), 0.015);
        Reliability wrong = Reliability.of(Arrays.stream(p).map(Math::sqrt).toArray(), t, 1);
        assertTrue(wrong.ece() > 4 * wrong.eceByChance(), wrong.ece() + " " + wrong.eceByChance());
        assertNotNull(wrong.bins());
    }
}
