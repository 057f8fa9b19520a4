package io.hilum.trainer.eval;

import io.hilum.trainer.eval.calibration.Platt;
import io.hilum.trainer.eval.metric.ClusterBootstrap;
import io.hilum.trainer.eval.metric.Auc;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.model.card.Calibration;
import io.hilum.trainer.net.Golden;
import java.io.IOException;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    @Tag("golden")
    @Test
    void theAreaUnderTheCurveIsTheReferences() throws IOException {
        Golden golden = Golden.of("metrics");
        float[] labels = golden.floats("auc_labels");
        float[] scores = golden.floats("auc_scores");
        var expected = golden.json("expected.json").get("auc").get("per_class");
        for (int c = 0; c < 4; c++) {
            int label = c;
            double[] s = IntStream.range(0, 60).mapToDouble(i -> scores[i * 5 + label]).toArray();
            int[] t = IntStream.range(0, 60).map(i -> (int) labels[i * 5 + label]).toArray();
            assertEquals(expected.get(c).asDouble(), Auc.of(s, t), 1e-9);
            assertEquals(expected.get(c).asDouble(), scores(s, t, 1).auc(ones(60)), 1e-9);
        }
    }

    /** Copies of a patient's film must not make a result look surer. */
    @Test
    void copiedFilmsDoNotNarrowAnInterval() {
        var random = new SplittableRandom(1);
        double[] s = new double[800];
        int[] t = new int[800];
        for (int i = 0; i < 800; i++) {
            // Eight copies of each of 100 films.
            t[i] = i % 8 == 0 ? random.nextInt(2) : t[i - 1];
            s[i] = i % 8 == 0 ? random.nextGaussian() + t[i] : s[i - 1];
        }
        Scores scores = scores(s, t, 8);
        var byPatient = new ClusterBootstrap(scores.cluster(), 1).of(scores::auc);
        var byFilm = new ClusterBootstrap(IntStream.range(0, 800).mapToLong(i -> i).toArray(), 1).of(scores::auc);
        assertEquals(byPatient.value(), byFilm.value(), 1e-12);
        assertTrue(byPatient.high() - byPatient.low() > 2 * (byFilm.high() - byFilm.low()), byPatient + " " + byFilm);
    }

    @Test
    void calibrationFindsTheProbabilitiesBehindTheLogits() {
        var random = new SplittableRandom(2);
        double[] z = random.doubles(20_000, -4, 4).toArray();
        int[] t = new int[z.length];
        for (int i = 0; i < z.length; i++) {
            t[i] = random.nextDouble() < 1 / (1 + Math.exp(-(0.5 * z[i] - 1))) ? 1 : 0;
        }
        Calibration fitted = Platt.fit(z, t);
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
    }

    @Test
    void anOperatingPointNeedsEvidenceAndKeepsItsPromiseWithMargin() {
        var random = new SplittableRandom(3);
        double[] s = new double[1000];
        int[] t = new int[1000];
        for (int i = 0; i < 1000; i++) {
            t[i] = i % 5 == 0 ? 1 : 0;
            s[i] = random.nextGaussian() + 2 * t[i];
        }
        Scores enough = scores(s, t, 1);
        var point = OperatingPoints.find(enough, new ClusterBootstrap(enough.cluster(), 1), 0.9);
        assertTrue(point.sensitivity().low() >= 0.9 && point.sensitivity().value() < 0.98, point.toString());
        // One film higher would break the promise: the threshold is the highest.
        double next = java.util.Arrays.stream(enough.probability()).filter(p -> p > point.threshold()).sorted().skip(12).findFirst().orElseThrow();
        assertFalse(OperatingPoints.sensitivity(enough, new ClusterBootstrap(enough.cluster(), 1), next).value() > point.sensitivity().value());

        Scores few = scores(java.util.Arrays.copyOf(s, 240), java.util.Arrays.copyOf(t, 240), 1);
        assertNull(OperatingPoints.find(few, new ClusterBootstrap(few.cluster(), 1), 0.9), "48 positives are not enough");
    }

    @Test
    void aMapWithoutAPositiveValueHitsNothing() {
        float[] whole = {0, 0, 1, 1};
        assertFalse(HeatMapHits.hit(new float[] {-1, -2, -3, 0}, 0, 2, whole));
        assertTrue(HeatMapHits.hit(new float[] {-1, 5, -3, 0}, 0, 2, new float[] {0.5f, 0, 0.5f, 0.5f}));
        assertFalse(HeatMapHits.hit(new float[] {-1, 5, -3, 0}, 0, 2, new float[] {0, 0, 0.5f, 0.5f}));
    }

    private static Scores scores(double[] s, int[] t, int filmsAPatient) {
        boolean[] truth = new boolean[t.length];
        long[] cluster = new long[t.length];
        double[] p = new double[t.length];
        for (int i = 0; i < t.length; i++) {
            truth[i] = t[i] == 1;
            cluster[i] = i / filmsAPatient;
            p[i] = Calibration.NONE.probability(s[i]);
        }
        return new Scores(p, truth, cluster, Auc.order(p));
    }

    private static int[] ones(int n) {
        int[] out = new int[n];
        java.util.Arrays.fill(out, 1);
        return out;
    }
}
