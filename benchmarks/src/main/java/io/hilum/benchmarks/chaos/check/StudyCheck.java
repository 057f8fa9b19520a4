package io.hilum.benchmarks.chaos.check;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One study: what was sent of it against its revisions, in the order in which they stand on the topic.
 *
 * <p>Owned by one thread.
 */
final class StudyCheck {

    private final String study;
    private final Verdict verdict;
    private final ContentCheck contents;
    /** By SOP Instance UID, of those that a revision must name. */
    private final Map<String, Sent> expected = new HashMap<>();
    private final Map<String, Integer> turn = new HashMap<>();

    private final Set<Long> revisions = new HashSet<>();
    private final Set<String> merged = new HashSet<>();
    private int lastTurn = -1;
    private long lastRevision;
    private Revision last;

    /** @param sent all records of the study */
    StudyCheck(String study, List<Sent> sent, ContentCheck contents, Verdict verdict) {
        this.study = study;
        this.contents = contents;
        this.verdict = verdict;
        sent.stream().filter(record -> record.kind().isMerged()).sorted(Comparator.comparing(Sent::offset)).forEach(record -> {
            turn.put(record.sop(), turn.size());
            expected.put(record.sop(), record);
        });
        verdict.saw(expected.size(), expected.isEmpty() ? 0 : 1, 0);
    }

    void next(Revision revision) {
        verdict.saw(0, 0, 1);
        if (!revisions.add(revision.revision())) {
            verdict.add(Violation.DUPLICATED, in(revision) + " stands on the topic again.");
            contents.check(revision, expected);
            return;
        }
        number(revision);
        revision.fresh().forEach(sop -> merge(revision, sop));
        status(revision);
        contents.check(revision, expected);
        last = revision;
    }

    void end() {
        if (expected.isEmpty()) {
            return;
        }
        if (last == null) {
            verdict.add(Violation.MISSING_STUDY, "Study " + study + " has no findings.");
        } else if (last.status().equals("PRELIMINARY")) {
            verdict.add(Violation.NEVER_FINAL, in(last) + " is the study's last one, and not final.");
        }
        Set<String> shown = new HashSet<>();
        if (last != null) {
            last.images().forEach(image -> shown.add(image.sop()));
        }
        for (Sent image : expected.values()) {
            if (!merged.contains(image.sop())) {
                verdict.add(Violation.LOST, "Image " + image.sop() + ", acknowledged at " + image.place() + ", is in no revision of study " + study + ".");
            } else if (!shown.contains(image.sop())) {
                verdict.add(Violation.LOST, "Image " + image.sop() + " was merged, but " + in(last) + ", the last one, does not have it.");
            }
        }
    }

    private void number(Revision revision) {
        long number = revision.revision();
        if (number < lastRevision) {
            verdict.add(Violation.OUT_OF_ORDER, in(revision) + " comes after revision " + lastRevision + ".");
        } else if (number > lastRevision + 1) {
            verdict.add(Violation.REVISION_GAP, number - lastRevision - 1, in(revision) + " follows revision " + lastRevision + ".");
        }
        lastRevision = Math.max(lastRevision, number);
    }

    private void merge(Revision revision, String sop) {
        Integer its = turn.get(sop);
        if (its == null) {
            verdict.add(Violation.UNKNOWN, in(revision) + " has the image " + sop + ", which nobody sent.");
        } else if (!merged.add(sop)) {
            verdict.add(Violation.DUPLICATED, in(revision) + " merges image " + sop + " for the first time once more.");
        } else {
            if (its < lastTurn) {
                verdict.add(Violation.OUT_OF_ORDER, in(revision) + " merges image " + sop + " after one that was sent later.");
            }
            lastTurn = Math.max(lastTurn, its);
        }
    }

    private void status(Revision revision) {
        String before = last == null ? "" : last.status();
        boolean possible = switch (revision.status()) {
            case "PRELIMINARY" -> before.isEmpty() || before.equals("PRELIMINARY");
            case "FINAL" -> before.equals("PRELIMINARY");
            case "AMENDED" -> before.equals("FINAL") || before.equals("AMENDED");
            default -> false;
        };
        if (!possible) {
            verdict.add(Violation.WRONG_STATUS, in(revision) + " is " + revision.status() + " after " + (before.isEmpty() ? "nothing" : before) + ".");
        }
    }

    private String in(Revision revision) {
        return "Revision " + revision.revision() + " of study " + study + " (hilum.findings/" + revision.partition() + "/" + revision.offset() + ")";
    }
}
