package io.hilum.k8s.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.contracts.event.ImageFindings;
import io.hilum.contracts.event.LineScores;
import io.hilum.contracts.event.Scope;
import io.hilum.contracts.event.Score;
import io.hilum.contracts.event.StudyFindings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A check that finds nothing proves nothing unless it finds what is there. */
class LedgerTest {

    private static final List<SentStudy> SENT = List.of(new SentStudy("s", List.of("s.0", "s.1", "s.2"), "in peace"));
    private static final StudyFindings FIRST = revision(1, "s.0", "s.0");
    private static final StudyFindings SECOND = revision(2, "s.1", "s.0", "s.1");
    private static final StudyFindings THIRD = revision(3, "s.2", "s.0", "s.1", "s.2");

    @Test
    void findsNothingWhereNothingIsWrong() {
        assertEquals(List.of(), differences(FIRST, SECOND, THIRD));
    }

    @Test
    void overlooksNoLostImageOrStudy() {
        assertTrue(differences(FIRST, SECOND).toString().contains("in peace, has the revisions [1, 2]"));
        assertTrue(Ledger.differences(SENT, Map.of()).toString().contains("has the revisions []"));
    }

    @Test
    void overlooksNoRepeatedRevisionAndNoImageMergedTwice() {
        assertTrue(differences(FIRST, SECOND, SECOND, THIRD).toString().contains("has the revisions [1, 2, 2, 3]"));
        assertTrue(differences(FIRST, revision(2, "s.0", "s.0"), THIRD).toString().contains("merged [s.0, s.0, s.2]"));
    }

    @Test
    void overlooksNoChangeOfOrder() {
        List<String> wrong = differences(FIRST, revision(2, "s.2", "s.0", "s.2"), revision(3, "s.1", "s.0", "s.1", "s.2"));
        assertTrue(wrong.toString().contains("merged [s.0, s.2, s.1]"));
    }

    @Test
    void overlooksNoScoreOfAnotherImage() {
        StudyFindings swapped = THIRD.toBuilder().setImages(2, image("s.2", 0.9)).build();
        assertTrue(differences(FIRST, SECOND, swapped).toString().contains("the same canvas elsewhere [0.2]"));
    }

    @Test
    void overlooksNoStudyThatNobodySent() {
        assertEquals(List.of("study s was never sent"), Ledger.differences(List.of(), Map.of("s", List.of(FIRST))));
    }

    private static List<String> differences(StudyFindings... revisions) {
        return Ledger.differences(SENT, Map.of("s", List.of(revisions)));
    }

    private static StudyFindings revision(long number, String fresh, String... images) {
        List<ImageFindings> all = new ArrayList<>();
        for (String image : images) {
            all.add(image(image, 0.2));
        }
        return StudyFindings.newBuilder().setStudyUid("s").setRevision(number).addNewSopInstanceUids(fresh).addAllImages(all).build();
    }

    private static ImageFindings image(String sop, double probability) {
        return ImageFindings.newBuilder().setSopInstanceUid(sop).setScope(Scope.IN_SCOPE).setCanvasSha256("canvas")
                .addLines(LineScores.newBuilder().addScores(Score.newBuilder().setProbability(probability))).build();
    }
}
