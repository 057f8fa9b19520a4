package io.hilum.benchmarks.chaos.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** For each thing that must not be, files in which just that is so. */
class CheckerTest {

    @TempDir
    Path folder;

    @Test
    void findsNothingInASoundRun() throws IOException {
        Verdict verdict = RunFolder.sound().check(folder);
        assertEquals(List.of(), verdict.sentences());
        assertTrue(verdict.holds());
        assertEquals(5, verdict.images());
        assertEquals(2, verdict.studies());
        assertEquals(7, verdict.revisions());
    }

    @Test
    void doesNotTakeARunWithoutImagesForAProof() throws IOException {
        assertFalse(new RunFolder().check(folder).holds());
    }

    @Test
    void noticesAnImageThatNoRevisionMerged() throws IOException {
        assertOnly(Violation.LOST, 1, run -> run.sent.add(new Sent("hilum.images", 0, 9, "A", "A.9", "object", "c", Sent.Kind.IMAGE, 0)));
    }

    @Test
    void noticesAnImageThatALaterRevisionForgot() throws IOException {
        assertOnly(Violation.LOST, 1, run -> change(run, 3,
                RunFolder.revision(3, "A", 4, "FINAL", List.of(), run.findings.get(3).images().subList(0, 2))));
    }

    @Test
    void noticesAStudyWithoutFindings() throws IOException {
        Verdict verdict = changed(run -> run.findings.removeIf(revision -> revision.study().equals("A")));
        assertEquals(1, verdict.count(Violation.MISSING_STUDY));
        assertEquals(3, verdict.count(Violation.LOST));
    }

    @Test
    void noticesARepeatedRevision() throws IOException {
        assertOnly(Violation.DUPLICATED, 1, run -> run.findings.add(run.findings.get(2)));
    }

    @Test
    void noticesAnImageThatTwoRevisionsMergeForTheFirstTime() throws IOException {
        assertOnly(Violation.DUPLICATED, 1, run -> change(run, 2,
                RunFolder.revision(2, "A", 3, "PRELIMINARY", List.of("A.1", "A.2"), run.findings.get(2).images())));
    }

    @Test
    void noticesImagesInAnotherOrderThanTheyWereSent() throws IOException {
        assertOnly(Violation.OUT_OF_ORDER, 1, run -> {
            change(run, 1, RunFolder.revision(1, "A", 2, "PRELIMINARY", List.of("A.2"), run.findings.get(1).images()));
            change(run, 2, RunFolder.revision(2, "A", 3, "PRELIMINARY", List.of("A.1"), run.findings.get(2).images()));
        });
    }

    @Test
    void noticesARevisionBehindALaterOne() throws IOException {
        Verdict verdict = changed(run -> run.findings.add(0, run.findings.remove(1)));
        assertTrue(verdict.count(Violation.OUT_OF_ORDER) > 0);
    }

    @Test
    void noticesARevisionThatWasLeftOut() throws IOException {
        assertOnly(Violation.REVISION_GAP, 2, run -> change(run, 3,
                RunFolder.revision(3, "A", 6, "FINAL", List.of(), run.findings.get(3).images())));
    }

    @Test
    void noticesScoresThatAreNotThoseOfThePixels() throws IOException {
        Verdict verdict = changed(run -> change(run, 4,
                RunFolder.revision(4, "B", 1, "PRELIMINARY", List.of("B.0"), List.of(new Revision.Image("B.0", "object", "canvas9", "IN_SCOPE",
                        List.of(new Revision.Scored(RunFolder.LINE, "v1", Map.of("Effusion", 0.5))))))));
        assertEquals(1, verdict.count(Violation.WRONG_CONTENT));
    }

    @Test
    void noticesFindingsThatAreNotMergedFromTheirImages() throws IOException {
        assertOnly(Violation.WRONG_CONTENT, 1, run -> {
            Revision last = run.findings.get(3);
            change(run, 3, new Revision(0, 3, "A", 4, "FINAL", List.of(), last.images(),
                    List.of(new Revision.Scored(RunFolder.LINE, "v1", Map.of("Effusion", 0.5))), 0));
        });
    }

    @Test
    void noticesAnotherImagesDigests() throws IOException {
        Verdict verdict = changed(run -> change(run, 4, RunFolder.revision(4, "B", 1, "PRELIMINARY", List.of("B.0"),
                List.of(RunFolder.scored("B.0", "canvas1", "v1")))));
        assertTrue(verdict.count(Violation.WRONG_CONTENT) > 0);
    }

    @Test
    void noticesAVersionThatWasNeverReleased() throws IOException {
        assertOnly(Violation.WRONG_VERSION, 1, run -> change(run, 4, RunFolder.revision(4, "B", 1, "PRELIMINARY", List.of("B.0"),
                List.of(RunFolder.scored("B.0", "canvas9", "v2")))));
    }

    @Test
    void noticesAHealthyImageThatWasNotScored() throws IOException {
        assertOnly(Violation.WRONG_SCOPE, 1, run -> change(run, 4, RunFolder.revision(4, "B", 1, "PRELIMINARY", List.of("B.0"),
                List.of(new Revision.Image("B.0", "object", "canvas9", "NOT_SCORED", List.of())))));
    }

    @Test
    void noticesAStudyThatNeverBecameFinal() throws IOException {
        assertOnly(Violation.NEVER_FINAL, 1, run -> run.findings.remove(3));
    }

    @Test
    void noticesAStatusThatCannotFollow() throws IOException {
        assertOnly(Violation.WRONG_STATUS, 1, run -> change(run, 3,
                RunFolder.revision(3, "A", 4, "AMENDED", List.of(), run.findings.get(3).images())));
    }

    @Test
    void noticesFindingsOfWhatNobodySent() throws IOException {
        assertOnly(Violation.UNKNOWN, 1, run -> run.findings.add(RunFolder.revision(9, "C", 1, "FINAL", List.of(), List.of())));
    }

    @Test
    void noticesPoisonWithoutItsDeadLetter() throws IOException {
        assertOnly(Violation.DEAD_LETTER_MISSING, 1, run -> run.letters.remove(0));
    }

    @Test
    void noticesASecondDeadLetter() throws IOException {
        assertOnly(Violation.DUPLICATED, 1, run -> run.letters.add(run.letters.get(0)));
    }

    @Test
    void noticesAHealthyImageAmongTheDeadLetters() throws IOException {
        assertOnly(Violation.DEAD_LETTER_UNEXPECTED, 1,
                run -> run.letters.add(new Letter("inference-failed", "hilum.images", 0, 1, "A", "A.1")));
    }

    @Test
    void saysWhichLineItCannotRead() throws IOException {
        RunFolder.sound().check(folder);
        Files.writeString(folder.resolve(Records.FINDINGS), "half a rec");
        IOException broken = assertThrows(IOException.class, () -> Checker.check(folder, true));
        assertTrue(broken.getMessage().contains("line 1"), broken.getMessage());
    }

    private static void change(RunFolder run, int place, Revision revision) {
        run.findings.set(place, revision);
    }

    private Verdict changed(Consumer<RunFolder> change) throws IOException {
        RunFolder run = RunFolder.sound();
        change.accept(run);
        Verdict verdict = run.check(folder);
        assertFalse(verdict.holds());
        return verdict;
    }

    private void assertOnly(Violation violation, long times, Consumer<RunFolder> change) throws IOException {
        Verdict verdict = changed(change);
        for (Violation each : Violation.values()) {
            assertEquals(each == violation ? times : 0, verdict.count(each), each + " " + verdict.sentences());
        }
    }
}
