package io.hilum.sink.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.contracts.event.Decision;
import io.hilum.contracts.event.Finding;
import io.hilum.contracts.event.FindingsStatus;
import io.hilum.contracts.event.ImageFindings;
import io.hilum.contracts.event.LineFindings;
import io.hilum.contracts.event.Scope;
import io.hilum.contracts.event.StudyFindings;
import io.hilum.sink.store.Outcome.Kind;
import org.junit.jupiter.api.Test;

class OutcomeTest {

    @Test
    void negativeFilmBesideAnUnscoredOneIsNeverNoFinding() {
        Outcome outcome = Outcome.of(findings(Scope.IN_SCOPE, Scope.NOT_SCORED).addLines(line(Decision.NEGATIVE)).build());

        assertEquals(Kind.NOT_SCORED, outcome.kind());
        assertTrue(outcome.reason().startsWith("1 of 2 images not scored."));
    }

    @Test
    void filmOfUnknownScopeCountsAsUnscored() {
        assertEquals(Kind.NOT_SCORED, kind(findings(Scope.SCOPE_UNSPECIFIED).addLines(line(Decision.NEGATIVE))));
    }

    @Test
    void positiveFindingIsNotHiddenByAnUnscoredFilm() {
        Outcome outcome = Outcome.of(findings(Scope.IN_SCOPE, Scope.NOT_SCORED).addLines(line(Decision.POSITIVE)).build());

        assertEquals(Kind.POSITIVE, outcome.kind());
        assertTrue(outcome.reason().contains("not scored"));
    }

    @Test
    void lateralAloneIsOutOfScopeAndBesideAFrontalIsNot() {
        assertEquals(Kind.OUT_OF_SCOPE, kind(findings(Scope.OUT_OF_SCOPE)));
        assertEquals(Kind.NO_FINDING, kind(findings(Scope.IN_SCOPE, Scope.OUT_OF_SCOPE).addLines(line(Decision.NEGATIVE))));
    }

    @Test
    void labelsWithoutOperatingPointAreNeverCalledNegative() {
        assertEquals(Kind.UNDECIDED, kind(findings(Scope.IN_SCOPE).addLines(line(Decision.UNDECIDED))));
    }

    @Test
    void findingsWithoutAnyScoreAreNotScored() {
        assertEquals(Kind.NOT_SCORED, kind(findings(Scope.IN_SCOPE)));
    }

    @Test
    void withdrawnStudyIsNothingElse() {
        assertEquals(Kind.WITHDRAWN, kind(findings(Scope.IN_SCOPE).setStatus(FindingsStatus.WITHDRAWN).addLines(line(Decision.POSITIVE))));
    }

    @Test
    void plainNegativeNeedsNoReason() {
        assertNull(Outcome.of(findings(Scope.IN_SCOPE).addLines(line(Decision.NEGATIVE)).build()).reason());
    }

    private static Kind kind(StudyFindings.Builder findings) {
        return Outcome.of(findings.build()).kind();
    }

    private static StudyFindings.Builder findings(Scope... scopes) {
        StudyFindings.Builder findings = StudyFindings.newBuilder();
        for (Scope scope : scopes) {
            findings.addImages(ImageFindings.newBuilder().setScope(scope).setScopeReason("Because."));
        }
        return findings;
    }

    private static LineFindings line(Decision decision) {
        return LineFindings.newBuilder().addFindings(Finding.newBuilder().setLabel("Effusion").setDecision(decision)).build();
    }
}
