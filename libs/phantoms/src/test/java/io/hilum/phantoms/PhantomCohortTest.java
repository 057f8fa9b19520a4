package io.hilum.phantoms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PhantomCohortTest {

    private static final PhantomCohort COHORT = new PhantomCohort(Preset.STANDARD, 20260101);
    private static final List<PhantomSpec> FILMS = COHORT.films(Split.TRAIN).limit(8000).toList();

    @Test
    void letsNothingButTheLesionTellOfTheLesion() {
        Map<String, ToDoubleFunction<PhantomSpec>> things = new LinkedHashMap<>();
        for (Finding finding : Finding.values()) {
            things.put(finding.label(), film -> film.has(finding) ? 1 : 0);
        }
        things.put("sex", film -> film.patient().sex().ordinal());
        things.put("age", PhantomSpec::age);
        things.put("view", film -> film.view().ordinal());
        things.put("device", film -> Preset.STANDARD.devices().indexOf(film.device()) == 0 ? 1 : 0);
        things.put("second device", film -> Preset.STANDARD.devices().indexOf(film.device()) == 1 ? 1 : 0);
        things.put("marker side", film -> film.marker().text().startsWith("L") ? 1 : 0);
        things.put("marker length", film -> film.marker().text().length());
        things.put("marker brightness", film -> film.marker().brightness());
        things.put("brightness", film -> film.exposure().brightness());
        things.put("noise", film -> film.exposure().noise());
        things.put("gamma", film -> film.exposure().gamma());
        things.put("collimation", film -> film.exposure().collimation() > 0 ? 1 : 0);
        things.put("study number", PhantomSpec::study);
        List<String> names = List.copyOf(things.keySet());
        // 5 findings against 18 things: by chance the largest of 80 correlations stays below 4 / sqrt(n).
        double bound = 4 / Math.sqrt(FILMS.size());
        for (int i = 0; i < Finding.values().length; i++) {
            for (int j = i + 1; j < names.size(); j++) {
                double r = correlation(things.get(names.get(i)), things.get(names.get(j)));
                assertTrue(Math.abs(r) < bound, names.get(i) + " goes with " + names.get(j) + ": r = " + r);
            }
        }
    }

    @Test
    void drawsNoFindingTooRarelyOrTooOften() {
        for (Finding finding : Finding.values()) {
            double share = FILMS.stream().filter(f -> f.has(finding)).count() / (double) FILMS.size();
            assertTrue(share > 0.25 && share < 0.35, finding + " is on " + share + " of the films");
        }
    }

    @Test
    void neverPutsOnePatientIntoTwoSplits() {
        Map<Split, Integer> patients = new HashMap<>();
        for (int i = 0; i < 3000; i++) {
            List<PhantomSpec> films = COHORT.films(i);
            assertTrue(films.size() >= 1 && films.size() <= 3);
            assertEquals(1, films.stream().map(f -> f.patient().split()).distinct().count());
            assertEquals(1, films.stream().map(f -> f.patient().id()).distinct().count());
            patients.merge(films.get(0).patient().split(), 1, Integer::sum);
        }
        assertEquals(0.8, patients.get(Split.TRAIN) / 3000.0, 0.03);
        assertEquals(0.1, patients.get(Split.TEST) / 3000.0, 0.02);
    }

    @Test
    void givesNoTwoPatientsOneKeyOrIdentifier() {
        assertEquals(5000, IntStream.range(0, 5000).mapToObj(i -> COHORT.patient(i).key()).distinct().count());
        assertEquals(5000, IntStream.range(0, 5000).mapToObj(i -> COHORT.patient(i).id()).distinct().count());
    }

    @Test
    void drawsTheSameFilmWhicheverWayItIsReached() {
        PhantomSpec walked = FILMS.get(4321);
        List<PhantomSpec> again = new PhantomCohort(Preset.STANDARD, 20260101).films(Split.TRAIN).skip(4321).limit(1).toList();
        assertEquals(walked, again.get(0));
    }

    @Test
    void makesNoSetOfAnotherPlaceFromTheSamePatients() {
        assertTrue(IntStream.range(0, 100).noneMatch(
                i -> new PhantomCohort(Preset.SHIFTED, 20260101).patient(i).key() == COHORT.patient(i).key()));
    }

    private static double correlation(ToDoubleFunction<PhantomSpec> a, ToDoubleFunction<PhantomSpec> b) {
        double n = FILMS.size();
        double meanA = FILMS.stream().mapToDouble(a).sum() / n;
        double meanB = FILMS.stream().mapToDouble(b).sum() / n;
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (PhantomSpec film : FILMS) {
            double da = a.applyAsDouble(film) - meanA;
            double db = b.applyAsDouble(film) - meanB;
            ab += da * db;
            aa += da * da;
            bb += db * db;
        }
        return ab / Math.sqrt(aa * bb);
    }
}
