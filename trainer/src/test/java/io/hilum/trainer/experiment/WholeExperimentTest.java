package io.hilum.trainer.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.trainer.Main;
import io.hilum.trainer.data.FilmSelection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole experiment on made-up films: runs that are drawn instead of trained, and two that are trained. */
class WholeExperimentTest {
    @TempDir
    Path dir;
    private Workplace place;
    private FilmSets sets;

    @BeforeEach
    void films() throws IOException {
        place = new Workplace(MadeFilms.folder(dir.resolve("data"), false), dir.resolve("out"), Plan.TOY);
        sets = new FilmSets(place);
        sets.make();
    }

    /** Pre-training is made to help by a known amount; the report must say so and by how much. */
    @Test
    void theReportSaysWhatTheRunsSay() throws IOException {
        assertEquals(List.of(), new Workers(2, place.plan(), place::ended, this::drawn).work(place.plan().runs()));
        assertEquals("b", place.choice(Arm.SCRATCH).id());
        assertEquals("c", place.choice(Arm.PRETRAINED).id());
        assertEquals("covidx-010-pretrained-seed1-c", place.standing(Task.COVIDX, Arm.PRETRAINED, 10, 1).id());
        assertEquals(0, analyse());
        Path report = place.report();
        String text = Files.readString(report.resolve("results.md"));
        assertTrue(text.contains("layer decay 0.75 | 0.6000 | 0.9000 (chosen) |"), text);
        assertTrue(text.contains("not for clinical use"), text);
        for (Outcome outcome : Outcome.all(place)) {
            double[] paired = outcome.analysis().paired(Arm.PRETRAINED.words(), Arm.SCRATCH.words());
            assertEquals(2, paired.length);
            assertTrue(PairedAnalysis.average(paired) > 0.1, outcome.task() + " " + paired[0]);
            assertTrue(outcome.shortcuts().size() == (outcome.task() == Task.COVIDX ? 5 : 1), outcome.shortcuts().toString());
        }
        for (String figure : List.of("pretraining-loss", "covidx-auc", "differences", "validation-covidx-10", "validation-cxr14-100")) {
            assertTrue(Files.size(report.resolve(figure + ".png")) > 1000, figure);
        }
    }

    @Test
    void anUnfinishedExperimentIsReportedAsFarAsItIs() throws IOException {
        new Workers(1, place.plan(), place::ended, this::drawn).work(place.plan().runs().stream().filter(r -> r.arm() == Arm.SCRATCH).toList());
        assertEquals(0, analyse());
        assertTrue(Files.readString(place.report().resolve("results.md")).contains("| not run |"));
    }

    /** Real steps in this process: what a child does, from a fresh pre-training to a result that is not made again. */
    @Test
    void aRunEndsWithAResultThatRepeatsToTheBit() throws IOException {
        new PretrainingRun(place, place.plan().runs().get(0)).execute();
        Run run = place.plan().candidates(Arm.PRETRAINED).get(0);
        new FineTuningRun(place, run).execute();
        RunResult first = place.result(run);
        assertEquals(sets.test(Task.COVIDX).films(), first.testScores().length);
        assertTrue(first.films() < sets.parts(Task.COVIDX).train().films() / 5, "10 % of the labels, not " + first.films());
        assertEquals(place.plan().covidx().get(Plan.CHOSEN_AT) / place.plan().batch(), first.lossCurve().size());
        deleteRun(run);
        new FineTuningRun(place, run).execute();
        assertEquals(first.weightsSha256(), place.result(run).weightsSha256());
    }

    private void deleteRun(Run run) throws IOException {
        try (var files = Files.list(place.folder(run))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    private int analyse() {
        return Main.commandLine().execute("experiment", "pretraining", "--toy", "--only", "ANALYSE", "--data", place.data().toString(),
            "--out", place.out().toString());
    }

    /** A result as a run would leave it: scores are truth and noise, less noise where pre-trained. */
    private boolean drawn(Run run) {
        try {
            Files.createDirectories(place.folder(run));
            if (run.isPretraining()) {
                result(run, new double[0], 0).write(place.folder(run));
                return true;
            }
            FilmSelection test = sets.test(run.task());
            var random = new SplittableRandom(run.id().hashCode());
            double[] scores = new double[test.films()];
            for (int i = 0; i < scores.length; i++) {
                scores[i] = test.label(i, 0) + (run.arm() == Arm.SCRATCH ? 3 : 0.3) * random.nextGaussian();
            }
            String best = run.arm() == Arm.SCRATCH ? "b" : "c";
            result(run, scores, best.equals(run.candidate()) ? 0.9 : 0.6).write(place.folder(run));
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The toy's results in the place of the real ones would be taken for them. */
    @Test
    void aResultOfAnotherPlanIsNotTakenForThisOnes() throws IOException {
        Run toy = place.plan().runs().get(0);
        assertTrue(drawn(toy) && place.ended(toy));
        var full = new Workplace(place.data(), place.out(), Plan.FULL);
        Run real = full.plan().runs().get(0);
        assertEquals(toy.id(), real.id());
        assertFalse(full.ended(real));
        Files.createDirectories(full.folder(real));
        result(toy, new double[0], 0).write(full.folder(real));
        assertFalse(full.ended(real), "fewer passes and smaller films");
    }

    private static RunResult result(Run run, double[] scores, double validationAuc) {
        List<double[]> curve = List.of(new double[] {1, 0.6}, new double[] {2, 0.7});
        return new RunResult(run.id(), Map.of("candidate", "" + run.candidate(), "size", Integer.toString(Plan.TOY.size())), run.passes(), 10, 1, validationAuc, curve, curve, scores, scores,
            "0123456789abcdef", 1, "made", "2000-01-01T00:00:00Z");
    }
}
