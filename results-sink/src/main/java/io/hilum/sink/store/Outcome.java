package io.hilum.sink.store;

import io.hilum.contracts.event.Decision;
import io.hilum.contracts.event.FindingsStatus;
import io.hilum.contracts.event.ImageFindings;
import io.hilum.contracts.event.Scope;
import io.hilum.contracts.event.StudyFindings;
import java.util.List;

/**
 * What a reader is told first about a study. "No finding" is said only when everything that should
 * have been scored was, and every decision is negative.
 *
 * @param reason a sentence where the kind alone does not say why; otherwise null
 */
public record Outcome(Kind kind, String reason) {

    /** Ordered from what must be seen to what may wait; the first that fits is the outcome. */
    public enum Kind {
        /** Received, no findings yet. Never the outcome of findings. */
        WAITING,
        WITHDRAWN,
        /** At least one finding reaches its operating point. */
        POSITIVE,
        /** At least one image should have been scored and was not, and nothing is positive. */
        NOT_SCORED,
        /** No image is within what the models may judge. */
        OUT_OF_SCOPE,
        /** Scored, but no finding has an operating point. */
        UNDECIDED,
        /** Scored, and no finding reaches its operating point. */
        NO_FINDING
    }

    public static Outcome of(StudyFindings findings) {
        if (findings.getStatus() == FindingsStatus.WITHDRAWN) {
            return new Outcome(Kind.WITHDRAWN, Values.text(findings.getStatusReason()));
        }
        List<ImageFindings> unscored = in(findings, Scope.NOT_SCORED, Scope.SCOPE_UNSPECIFIED);
        String gap = unscored.isEmpty() ? null : "%d of %d images not scored. %s".formatted(
                unscored.size(), findings.getImagesCount(), unscored.get(0).getScopeReason()).strip();
        if (decisions(findings, Decision.POSITIVE)) {
            return new Outcome(Kind.POSITIVE, Values.text(gap == null ? "" : gap));
        }
        if (gap != null) {
            return new Outcome(Kind.NOT_SCORED, Values.text(gap));
        }
        List<ImageFindings> outside = in(findings, Scope.OUT_OF_SCOPE, Scope.OUT_OF_SCOPE);
        if (!outside.isEmpty() && outside.size() == findings.getImagesCount()) {
            return new Outcome(Kind.OUT_OF_SCOPE, Values.text(outside.get(0).getScopeReason()));
        }
        if (findings.getLinesList().stream().allMatch(line -> line.getFindingsCount() == 0)) {
            return new Outcome(Kind.NOT_SCORED, "The findings hold no score.");
        }
        return decisions(findings, Decision.NEGATIVE)
                ? new Outcome(Kind.NO_FINDING, decisions(findings, Decision.UNDECIDED)
                        ? "Some findings have no operating point and were not decided." : null)
                : new Outcome(Kind.UNDECIDED, "No finding has an operating point: the evidence does not support one.");
    }

    private static List<ImageFindings> in(StudyFindings findings, Scope one, Scope other) {
        return findings.getImagesList().stream()
                .filter(image -> image.getScope() == one || image.getScope() == other).toList();
    }

    private static boolean decisions(StudyFindings findings, Decision wanted) {
        return findings.getLinesList().stream().flatMap(line -> line.getFindingsList().stream())
                .anyMatch(finding -> finding.getDecision() == wanted);
    }
}
