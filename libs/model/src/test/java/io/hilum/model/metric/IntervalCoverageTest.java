package io.hilum.model.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.model.card.Interval;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Intervals against other ways to the same answer: DeLong's formula, made data whose truth is known, and exact shares. */
class IntervalCoverageTest {
    private record Made(double[] scores, int[] truth) {}

    /** Two normals a standard deviation apart: the true area is Phi(1 / sqrt 2) = 0.7602. */
    private static final double TRUE_AUC = 0.760249938906524;

    private static Made made(int patients, int filmsEach, double spread, SplittableRandom random) {
        double[] s = new double[patients * filmsEach];
        int[] t = new int[s.length];
        for (int p = 0; p < patients; p++) {
            int truth = random.nextInt(3) == 0 ? 1 : 0;
            double patient = random.nextGaussian() * spread;
            for (int k = 0; k < filmsEach; k++) {
                t[p * filmsEach + k] = truth;
                s[p * filmsEach + k] = truth + patient + random.nextGaussian() * Math.sqrt(1 - spread * spread);
            }
        }
        return new Made(s, t);
    }

    private static Interval bootstrap(Made made, int filmsEach, int resamples) {
        long[] cluster = LongStream.range(0, made.truth().length).map(i -> i / filmsEach).toArray();
        RankedScores ranked = RankedScores.of(made.scores(), made.truth());
        var drawn = new ClusterBootstrap(cluster, resamples, 3);
        return ClusterBootstrap.interval(ranked.auc(null), drawn.draws(w -> new double[] {ranked.auc(w)})[0]);
    }

    /** DeLong, DeLong and Clarke-Pearson (1988): the variance from each film's share of pairs in order. */
    private static double deLongError(Made made) {
        int[] with = IntStream.range(0, made.truth().length).filter(i -> made.truth()[i] == 1).toArray();
        int[] without = IntStream.range(0, made.truth().length).filter(i -> made.truth()[i] == 0).toArray();
        double[] v10 = Arrays.stream(with).mapToDouble(i -> Arrays.stream(without).mapToDouble(j -> psi(made, i, j)).average().orElse(0)).toArray();
        double[] v01 = Arrays.stream(without).mapToDouble(j -> Arrays.stream(with).mapToDouble(i -> psi(made, i, j)).average().orElse(0)).toArray();
        return Math.sqrt(variance(v10) / with.length + variance(v01) / without.length);
    }

    private static double psi(Made made, int i, int j) {
        return made.scores()[i] > made.scores()[j] ? 1 : made.scores()[i] == made.scores()[j] ? 0.5 : 0;
    }

    private static double variance(double[] v) {
        double mean = Arrays.stream(v).average().orElse(0);
        return Arrays.stream(v).map(x -> (x - mean) * (x - mean)).sum() / (v.length - 1);
    }

    @Test
    void withOneFilmAPatientTheIntervalIsDeLongs() {
        Made made = made(600, 1, 0, new SplittableRandom(4));
        Interval interval = bootstrap(made, 1, 2000);
        double half = 1.96 * deLongError(made);
        assertEquals(interval.value() - half, interval.low(), 0.1 * half);
        assertEquals(interval.value() + half, interval.high(), 0.1 * half);
    }

    /** 300 made studies: the truth must be inside of about 95 % of the intervals, also when patients have four alike films. */
    @Test
    void theTruthLiesInsideAsOftenAsPromised() {
        var random = new SplittableRandom(6);
        int inside = 0;
        int insideByFilm = 0;
        int studies = 300;
        for (int study = 0; study < studies; study++) {
            Made made = made(120, 4, 0.9, random);
            Interval byPatient = bootstrap(made, 4, 200);
            Interval byFilm = bootstrap(made, 1, 200);
            inside += byPatient.low() <= TRUE_AUC && TRUE_AUC <= byPatient.high() ? 1 : 0;
            insideByFilm += byFilm.low() <= TRUE_AUC && TRUE_AUC <= byFilm.high() ? 1 : 0;
        }
        System.out.printf("coverage of a 95 %% interval: by patient %.3f, by film %.3f%n", inside / (double) studies, insideByFilm / (double) studies);
        assertTrue(inside >= 0.91 * studies && inside <= 0.98 * studies, inside + " of " + studies);
        assertTrue(insideByFilm < 0.8 * studies, "films taken for independent should be far too sure, were inside " + insideByFilm);
    }

    /** Copies of a patient's film must not make a result look surer. */
    @Test
    void copiedFilmsDoNotNarrowAnInterval() {
        Made once = made(150, 1, 0, new SplittableRandom(8));
        double[] s = IntStream.range(0, 1200).mapToDouble(i -> once.scores()[i / 8]).toArray();
        int[] t = IntStream.range(0, 1200).map(i -> once.truth()[i / 8]).toArray();
        Interval single = bootstrap(once, 1, 1000);
        Interval copied = bootstrap(new Made(s, t), 8, 1000);
        assertEquals(single.value(), copied.value(), 1e-12);
        assertEquals(single.low(), copied.low(), 1e-12);
        assertEquals(single.high(), copied.high(), 1e-12);
        Interval fooled = bootstrap(new Made(s, t), 1, 1000);
        assertTrue(single.high() - single.low() > 2 * (fooled.high() - fooled.low()), single + " " + fooled);
    }

    /** Newcombe's method 5 at an area of 1, worked from the equation: the bound solves (1 - A) = z sqrt(var(A)). */
    @Test
    void aPerfectAreaIsNotCertain() {
        Interval interval = AucScoreInterval.of(1, 20, 20);
        assertEquals(1, interval.high());
        assertTrue(interval.low() > 0.8 && interval.low() < 0.95, interval.toString());
        double a = interval.low();
        double variance = a * (1 - a) * (1 + 19 * (1 - a) / (2 - a) + 19 * a / (1 + a)) / 400;
        assertEquals(1 - a, 1.959963984540054 * Math.sqrt(variance), 1e-9);
        assertTrue(AucScoreInterval.of(1, 200, 200).low() > interval.low());
    }

    /** Known values, e.g. Newcombe 1998, table I: 81 of 263 gives 0.2553 to 0.3662; 0 of 20 gives 0 to 0.1611. */
    @Test
    void wilsonIsAsPublished() {
        Interval a = Wilson.of(81, 263);
        assertEquals(0.2553, a.low(), 5e-5);
        assertEquals(0.3662, a.high(), 5e-5);
        assertEquals(0.1611, Wilson.of(0, 20).high(), 5e-5);
    }
}
