package io.hilum.trainer.eval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.trainer.data.FilmInfo;
import io.hilum.trainer.data.Sex;
import io.hilum.trainer.data.View;
import io.hilum.model.metric.ClusterBootstrap;
import io.hilum.model.metric.RankedScores;
import io.hilum.trainer.eval.report.LabelReport;
import io.hilum.trainer.eval.report.SetReport;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** From made scores to a report: what counts, what is left out, and what is said. */
class MeasurementTest {
    private static final List<String> LABELS = List.of("Seen", "Rare", "Blind");
    private static final int RESAMPLES = 200;

    /** Label 0 is seen well, label 1 has nine positives, label 2 is guessed; every tenth truth of label 0 is unknown. */
    private static MeasuredFilms made(String name, int n, long seed) {
        var random = new SplittableRandom(seed);
        int[][] truth = new int[n][];
        for (int i = 0; i < n; i++) {
            truth[i] = new int[] {i % 10 == 3 ? 255 : random.nextInt(3) == 0 ? 1 : 0, i % 97 == 0 && i < 9 * 97 ? 1 : 0, random.nextInt(2)};
        }
        return Measured.films(name, n, LABELS,
            i -> new float[] {(float) (random.nextGaussian() + 2 * (truth[i][0] == 1 ? 1 : 0)), (float) random.nextGaussian(), (float) random.nextGaussian()},
            i -> truth[i], i -> i / 2,
            i -> new FilmInfo("", i % 50 == 7 ? 12 : 20 + i % 70, i % 3 == 0 ? Sex.MALE : i % 3 == 1 ? Sex.FEMALE : Sex.UNKNOWN,
                i % 2 == 0 ? View.PA : View.AP, truth[i][2] == 1 ? "north" : "south", null, -1, -1));
    }

    private static Choice fit(MeasuredFilms valid) {
        return Choice.fit(valid, false, CalibrationMethod.PLATT, 0.8, new ClusterBootstrap(valid.cluster(), RESAMPLES, 1));
    }

    private static SetReport measured() {
        MeasuredFilms valid = made("valid", 1000, 1).adults();
        return new SetMeasurement(made("test", 1000, 2), SetReport.TEST, fit(valid), valid, false, RESAMPLES, 1).report(false);
    }

    @Test
    void noLabelWithoutEvidenceEntersAMean() {
        SetReport set = measured();
        assertEquals(List.of("Seen", "Blind"), set.meanOver());
        LabelReport rare = set.labels().get(1);
        assertEquals(LabelReport.NOT_EVALUABLE, rare.status());
        assertNull(rare.auc());
        assertNull(rare.decision());
        assertEquals((set.labels().get(0).auc().value() + set.labels().get(2).auc().value()) / 2, set.meanAuc().value(), 1e-12);
        assertTrue(set.meanAuc().low() < set.meanAuc().value() && set.meanAuc().value() < set.meanAuc().high());
        // Two labels resampled together are surer than the less sure of the two.
        assertTrue(set.meanAuc().high() - set.meanAuc().low() < set.labels().get(2).auc().high() - set.labels().get(2).auc().low());
    }

    @Test
    void childrenAndUnknownLabelsAreOutsideAndCounted() {
        SetReport set = measured();
        assertEquals(20, set.outOfScope());
        assertEquals(980, set.films());
        LabelReport seen = set.labels().get(0);
        assertEquals(980, seen.positives() + seen.negatives() + seen.unknown());
        assertTrue(set.composition().stream().noneMatch(s -> s.group().equals("under 18")), set.composition().toString());
    }

    @Test
    void subgroupsShareTheOperatingPointAndAddUp() {
        LabelReport seen = measured().labels().get(0);
        var sex = seen.subgroups().stream().filter(g -> g.attribute().equals("sex")).toList();
        assertEquals(List.of("female", "male", "not known"), sex.stream().map(g -> g.group()).toList());
        assertEquals(seen.positives(), sex.stream().mapToInt(g -> g.positives()).sum());
        double found = sex.stream().mapToDouble(g -> g.sensitivity().value() * g.positives()).sum();
        assertEquals(seen.decision().tp(), found, 1e-6);
        assertEquals(1, sex.stream().filter(g -> g.status().equals(LabelReport.EVALUATED) && g.difference() == null && g.auc() != null).count());
        var oldest = seen.subgroups().stream().filter(g -> g.group().equals("80 and over")).findFirst().orElseThrow();
        assertTrue(oldest.films() > 0);
    }

    @Test
    void classAndSourceThatCoincideAreSaidSo() {
        LabelReport blind = measured().labels().get(2);
        assertTrue(blind.sources().coincide());
        assertTrue(blind.sources().sentence().startsWith("No source has films both with and without"), blind.sources().sentence());
        var source = blind.particulars().stream().filter(p -> p.attribute().equals("source")).findFirst().orElseThrow();
        assertEquals(1.0, source.auc().value(), 1e-12, "the source alone knows this label");
        assertFalse(measured().labels().get(0).sources().coincide());
        List<String> cautions = Cautions.of("", fit(made("valid", 1000, 1)).labels(), List.of(measured()));
        assertTrue(cautions.stream().anyMatch(c -> c.contains("disease and source coincide")), cautions.toString());
        assertTrue(cautions.stream().anyMatch(c -> c.startsWith("Blind on test") && c.contains("does not differ from chance")), cautions.toString());
    }

    @Test
    void theFastPassGivesWhatTheSimpleFunctionsGive() {
        MeasuredFilms films = made("test", 400, 3);
        Choice choice = fit(made("valid", 1000, 1));
        // Rounded, so that there are ties.
        double[] p = Arrays.stream(choice.probability(films, 0)).map(v -> Math.round(v * 20) / 20.0).toArray();
        RankedScores ranked = RankedScores.of(p, films.truth(0));
        List<Attribute> attributes = Attribute.all(films);
        var statistics = new LabelStatistics(ranked, p, 0.3, attributes);
        var bootstrap = new ClusterBootstrap(films.cluster(), 5);
        for (int r = 0; r < 20; r++) {
            int[] w = bootstrap.weights(r);
            double[] out = new double[statistics.size() + 3];
            statistics.fill(w, out, 3);
            var counts = ranked.counts(ranked.reaching(0.3), w);
            assertEquals(ranked.auc(w), out[3 + LabelStatistics.AUC], 1e-12);
            assertEquals(ranked.averagePrecision(w), out[3 + LabelStatistics.AVERAGE_PRECISION], 1e-12);
            assertEquals(ranked.brier(w), out[3 + LabelStatistics.BRIER_AFTER], 1e-12);
            assertArrayEquals(new double[] {counts.sensitivity(), counts.specificity(), counts.ppv(), counts.npv()},
                Arrays.copyOfRange(out, 3 + LabelStatistics.SENSITIVITY, 3 + LabelStatistics.NPV + 1), 1e-12);
            for (int a = 0; a < attributes.size(); a++) {
                for (int g = 0; g < attributes.get(a).groups().size(); g++) {
                    int[] of = attributes.get(a).of();
                    int group = g;
                    int[] truth = films.truth(0);
                    int[] only = java.util.stream.IntStream.range(0, truth.length).map(i -> of[i] == group ? truth[i] : 255).toArray();
                    RankedScores part = RankedScores.of(p, only);
                    assertEquals(part.auc(w), out[3 + statistics.group(a, g)], 1e-12);
                    assertEquals(part.counts(part.reaching(0.3), w).sensitivity(), out[3 + statistics.group(a, g) + 1], 1e-12);
                    assertEquals(part.counts(part.reaching(0.3), w).specificity(), out[3 + statistics.group(a, g) + 2], 1e-12);
                }
            }
        }
    }

    @Test
    void theOperatingPointIsTheHighestThatKeepsItsPromise() {
        MeasuredFilms valid = made("valid", 1000, 1);
        double[] p = fit(valid).probability(valid, 0);
        RankedScores ranked = RankedScores.of(p, valid.truth(0));
        var bootstrap = new ClusterBootstrap(valid.cluster(), RESAMPLES, 1);
        var found = OperatingPoints.find(ranked, bootstrap, 0.9);
        assertTrue(found.point().sensitivity().low() >= 0.9, found.toString());
        // One positive fewer, and the lower bound is under the target.
        int reaching = ranked.reaching(found.point().threshold());
        int last = reaching - 1;
        while (!ranked.truth(last)) {
            last--;
        }
        int cut = last;
        double bound = Math.min(bootstrap.of(w -> ranked.counts(cut, w).sensitivity()).low(),
            io.hilum.model.metric.Wilson.of((long) ranked.counts(cut, null).tp(), ranked.positives()).low());
        assertTrue(bound < 0.9, "a higher threshold would have done: " + bound);
        MeasuredFilms few = made("few", 150, 1);
        var none = OperatingPoints.find(RankedScores.of(fit(few).probability(few, 0), few.truth(0)), new ClusterBootstrap(few.cluster(), 1), 0.9);
        assertNull(none.point());
        assertTrue(none.why().contains("needs 50"), none.why());
    }

    @Test
    void aFilmThatIsBothFittedOnAndMeasuredIsRefused() {
        MeasuredFilms valid = made("valid", 200, 1);
        var twin = new MeasuredFilms("test", "d", LABELS, valid.logits(), valid.truth(), valid.cluster(), valid.info(), valid.digest(), valid.hits());
        var evaluation = new Evaluation(null, false, CalibrationMethod.PLATT, 0.9, false, RESAMPLES, 1);
        var e = assertThrows(IOException.class, () -> evaluation.hilum(valid, List.of(twin)));
        assertTrue(e.getMessage().startsWith("Film 1 of valid and film 1 of test have the same pixels"), e.getMessage());
    }

    @Test
    void aMapWithoutAPositiveValueHitsNothing() {
        float[] whole = {0, 0, 1, 1};
        assertFalse(HeatMapHits.hit(new float[] {-1, -2, -3, 0}, 0, 2, whole));
        assertTrue(HeatMapHits.hit(new float[] {-1, 5, -3, 0}, 0, 2, new float[] {0.5f, 0, 0.5f, 0.5f}));
        assertFalse(HeatMapHits.hit(new float[] {-1, 5, -3, 0}, 0, 2, new float[] {0, 0, 0.5f, 0.5f}));
    }
}
