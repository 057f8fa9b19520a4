package io.hilum.phantoms;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PhantomRendererTest {

    private static final List<PhantomSpec> FILMS = new PhantomCohort(Preset.STANDARD, 11).films(Split.TEST).limit(60).toList();

    @Test
    void drawsTheSameFilmTwice() {
        assertArrayEquals(PhantomRenderer.grey8(FILMS.get(0), 256, 256), PhantomRenderer.grey8(FILMS.get(0), 256, 256));
    }

    @Test
    void takesNoLongerThanFifteenMillisecondsAFilm() {
        long best = Long.MAX_VALUE;
        for (PhantomSpec film : FILMS) {
            long start = System.nanoTime();
            PhantomRenderer.render(film, 256, 256);
            best = Math.min(best, System.nanoTime() - start);
        }
        // The best of sixty: what the code needs when nobody else uses the core.
        assertTrue(best < 15_000_000, "a film of 256 x 256 took " + best / 1e6 + " ms at best");
    }

    @Test
    void showsNothingElseInALargeFilmThanInASmallOne() {
        for (PhantomSpec film : FILMS.subList(0, 6)) {
            float[] small = PhantomRenderer.render(film, 256, 256);
            float[] large = PhantomRenderer.render(film, 1024, 1024);
            double sum = 0;
            double bias = 0;
            for (int i = 0; i < small.length; i++) {
                double mean = 0;
                for (int k = 0; k < 16; k++) {
                    mean += large[(i / 256 * 4 + k / 4) * 1024 + i % 256 * 4 + k % 4] / 16;
                }
                sum += Math.abs(mean - small[i]);
                bias += mean - small[i];
            }
            // Two independent noises differ by 1.13 deviations on average.
            assertTrue(sum / small.length < 0.006 + 1.2 * film.exposure().noise(), "mean difference " + sum / small.length);
            assertTrue(Math.abs(bias / small.length) < 0.004, "bias " + bias / small.length);
        }
    }

    @Test
    void paintsNoLesionOutsideItsBox() {
        for (Finding finding : Finding.values()) {
            int present = 0;
            int checked = 0;
            double worst = 1;
            for (PhantomSpec film : FILMS) {
                if (!film.has(finding) || finding == Finding.CARDIOMEGALY) {
                    continue;
                }
                float[] with = PhantomRenderer.render(film, 256, 256);
                float[] without = PhantomRenderer.render(without(film, finding), 256, 256);
                Box box = PhantomTruth.box(film, finding).orElse(null);
                double inside = 0;
                double all = 1e-9;
                for (int i = 0; i < with.length; i++) {
                    double change = Math.abs(with[i] - without[i]);
                    all += change;
                    inside += box != null && box.contains((i % 256 + 0.5) / 256, (i / 256 + 0.5) / 256) ? change : 0;
                }
                present++;
                if (all > 5) {
                    worst = Math.min(worst, inside / all);
                    checked++;
                }
            }
            // Some are too subtle to change anything, on purpose.
            assertTrue(checked >= 0.7 * present, finding + " shows on only " + checked + " of " + present + " films");
            assertTrue(checked == 0 || worst > 0.6, finding + " changes the film outside its box; inside is only " + worst);
        }
    }

    @Test
    void makesNoHeartOfAnotherWidthThanDrawn() {
        for (PhantomSpec film : FILMS) {
            if (film.has(Finding.CARDIOMEGALY)) {
                Box box = PhantomTruth.box(film, Finding.CARDIOMEGALY).orElseThrow();
                double ratio = box.width() / (2 * film.anatomy().chestHalf());
                assertTrue(Math.abs(ratio - film.heartRatio()) < 0.05, ratio + " against " + film.heartRatio());
            }
        }
    }

    private static PhantomSpec without(PhantomSpec film, Finding finding) {
        List<Lesion> others = new ArrayList<>(film.lesions());
        others.removeIf(lesion -> lesion.finding() == finding);
        return new PhantomSpec(film.patient(), film.study(), film.studyDate(), film.age(), film.view(), film.device(),
                film.anatomy(), film.exposure(), film.marker(), others);
    }
}
