package io.hilum.processor.study;

import io.hilum.contracts.Disclaimer;
import io.hilum.contracts.event.FindingsStatus;
import io.hilum.contracts.event.ImageFindings;
import io.hilum.contracts.event.ImageReceived;
import io.hilum.contracts.event.LineFindings;
import io.hilum.contracts.event.Scope;
import io.hilum.contracts.event.StudyFindings;
import io.hilum.contracts.event.StudyTimes;
import io.hilum.contracts.event.StudyWithdrawn;
import io.hilum.processor.study.StudyEvent.ImageDone;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Makes a study's next revision from its last one. Every revision is whole: it needs no earlier one to be
 * understood. {@code revision} rises by one and never restarts.
 *
 * <p>Not final: a test gives it a defect.
 *
 * <p>Threading: immutable, free to share.
 */
class StudyMerge {

    /** What an image is to its study. */
    enum Novelty { NEW, SCORED_AT_LAST, KNOWN }

    private final PriorityRule priorities;

    StudyMerge(PriorityRule priorities) {
        this.priorities = priorities;
    }

    /**
     * The same SOP Instance UID with the same digest is the same image. One that was not scored gives way to
     * the same image scored; the same UID with other bytes is another image, whose findings count as well.
     */
    static Novelty noveltyOf(StudyFindings study, ImageFindings image) {
        return study.getImagesList().stream()
                .filter(known -> isSame(known, image))
                .findFirst()
                .map(known -> known.getScope() == Scope.NOT_SCORED && image.getScope() != Scope.NOT_SCORED
                        ? Novelty.SCORED_AT_LAST : Novelty.KNOWN)
                .orElse(Novelty.NEW);
    }

    /**
     * The study with one more image.
     *
     * @param last the last revision, or the default instance for a study that is new
     * @param now microseconds since the epoch
     */
    StudyFindings withImage(StudyFindings last, ImageDone done, long now) {
        boolean isNew = last.getRevision() == 0;
        ImageReceived facts = done.facts();
        List<LineFindings> lines = LineMerge.merged(last.getLinesList(), done.lines());
        List<ImageFindings> images = withImage(last.getImagesList(), forwardedAt(done.image(), now));
        boolean synthetic = facts.getSynthetic() && (isNew || last.getSynthetic());
        StudyFindings.Builder next = last.toBuilder()
                .setStudyUid(facts.getStudyUid())
                .setRevision(last.getRevision() + 1)
                .setSynthetic(synthetic)
                .clearLines().addAllLines(lines)
                .clearImages().addAllImages(images)
                .setPriority(priorities.decide(lines, images, synthetic))
                .setTimes(times(last.getTimes(), facts.getTimes().getReceived(), now))
                .setDisclaimer(disclaimer(lines))
                .clearNewSopInstanceUids().addNewSopInstanceUids(facts.getSopInstanceUid());
        addFacts(next, facts);
        boolean wasFinal = last.getStatus() == FindingsStatus.FINAL || last.getStatus() == FindingsStatus.AMENDED;
        return next.setStatus(wasFinal ? FindingsStatus.AMENDED : FindingsStatus.PRELIMINARY)
                .setStatusReason(wasFinal ? "An image came after the study was final."
                        : images.size() + (images.size() == 1 ? " image" : " images") + " so far; more may follow.")
                .build();
    }

    StudyFindings asFinal(StudyFindings last, String reason, long now) {
        return last.toBuilder()
                .setRevision(last.getRevision() + 1)
                .setStatus(FindingsStatus.FINAL)
                .setStatusReason(reason)
                .setTimes(last.getTimes().toBuilder().setEmitted(now))
                .clearNewSopInstanceUids()
                .build();
    }

    /** Nothing of a withdrawn study's results stays; its revision does. */
    StudyFindings asWithdrawn(StudyFindings last, StudyWithdrawn withdrawn, long now) {
        return StudyFindings.newBuilder()
                .setStudyUid(withdrawn.getStudyUid())
                .setRevision(last.getRevision() + 1)
                .setStatus(FindingsStatus.WITHDRAWN)
                .setStatusReason("Withdrawn by " + (withdrawn.getBy().isBlank() ? "an unnamed source" : withdrawn.getBy())
                        + (withdrawn.getReason().isBlank() ? "." : ": " + withdrawn.getReason()))
                .setSite(last.getSite())
                .setSynthetic(last.getSynthetic())
                .setPatientKey(last.getPatientKey())
                .setPriority(io.hilum.contracts.event.PriorityDecision.newBuilder().setRule("The study was withdrawn."))
                .setTimes(last.getTimes().toBuilder().setEmitted(now))
                .setDisclaimer(Disclaimer.TEXT)
                .build();
    }

    private static List<ImageFindings> withImage(List<ImageFindings> known, ImageFindings image) {
        List<ImageFindings> images = new ArrayList<>(known);
        images.removeIf(other -> isSame(other, image));
        images.add(image);
        return images;
    }

    private static boolean isSame(ImageFindings one, ImageFindings other) {
        return one.getSopInstanceUid().equals(other.getSopInstanceUid())
                && one.getObjectSha256().equals(other.getObjectSha256());
    }

    private static ImageFindings forwardedAt(ImageFindings image, long now) {
        return image.toBuilder().setTimes(image.getTimes().toBuilder().setForwarded(now)).build();
    }

    /** The first image that knows a fact tells it. */
    private static void addFacts(StudyFindings.Builder next, ImageReceived facts) {
        if (next.getSite().isEmpty()) {
            next.setSite(facts.getSite());
        }
        if (next.getPatientKey().isEmpty()) {
            next.setPatientKey(facts.getPatientKey());
        }
        if (!next.hasAgeYears() && facts.hasAgeYears()) {
            next.setAgeYears(facts.getAgeYears());
        }
        if (next.getSexValue() == 0) {
            next.setSexValue(facts.getSexValue());
        }
    }

    private static StudyTimes times(StudyTimes last, long received, long now) {
        boolean first = last.getFirstReceived() == 0;
        return StudyTimes.newBuilder()
                .setFirstReceived(first ? received : Math.min(last.getFirstReceived(), received))
                .setLastReceived(Math.max(last.getLastReceived(), received))
                .setEmitted(now)
                .build();
    }

    private static String disclaimer(List<LineFindings> lines) {
        if (lines.stream().anyMatch(line -> line.getModel().getTrainedOnSynthetic())) {
            return Disclaimer.TEXT + " " + Disclaimer.SYNTHETIC;
        }
        String notices = lines.stream().map(line -> line.getModel().getNotice()).filter(notice -> !notice.isBlank())
                .distinct().collect(Collectors.joining(" "));
        return notices.isEmpty() ? Disclaimer.TEXT : Disclaimer.TEXT + " " + notices;
    }
}
