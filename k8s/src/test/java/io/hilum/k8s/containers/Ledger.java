package io.hilum.k8s.containers;

import io.hilum.contracts.event.ImageFindings;
import io.hilum.contracts.event.Scope;
import io.hilum.contracts.event.StudyFindings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Compares what was sent with what a subscriber saw; every difference is a sentence. */
final class Ledger {

    /** Batches of another size add in another order. */
    private static final double ROUNDING = 1e-3;

    private Ledger() {}

    /**
     * Every study must have one revision an image, numbered 1, 2, 3 ... without gap or repetition, each naming the next
     * image in the order sent, the last one holding all of them; and wherever the same canvas was scored, by whichever
     * instance and before or after whichever fault, it has the same scores.
     *
     * @param seen revisions of each study in the order of the topic
     */
    static List<String> differences(List<SentStudy> sent, Map<String, List<StudyFindings>> seen) {
        List<String> wrong = new ArrayList<>();
        Map<String, List<StudyFindings>> unasked = new HashMap<>(seen);
        Map<String, List<Double>> scores = new HashMap<>();
        for (SentStudy study : sent) {
            List<StudyFindings> revisions = unasked.getOrDefault(study.study(), List.of());
            unasked.remove(study.study());
            String who = "study " + study.study() + ", sent " + study.during() + ", ";
            compareRevisions(study, revisions, who, wrong);
            if (!revisions.isEmpty()) {
                compareImages(study, revisions.get(revisions.size() - 1), who, scores, wrong);
            }
        }
        unasked.keySet().forEach(study -> wrong.add("study " + study + " was never sent"));
        return wrong;
    }

    private static void compareRevisions(SentStudy study, List<StudyFindings> revisions, String who, List<String> wrong) {
        List<Long> numbers = revisions.stream().map(StudyFindings::getRevision).toList();
        if (!numbers.equals(LongStream.rangeClosed(1, study.images().size()).boxed().toList())) {
            wrong.add(who + "has the revisions " + numbers);
        }
        List<String> merged = revisions.stream().flatMap(each -> each.getNewSopInstanceUidsList().stream()).toList();
        if (!merged.equals(study.images())) {
            wrong.add(who + "merged " + merged + " of " + study.images());
        }
    }

    private static void compareImages(
            SentStudy study, StudyFindings last, String who, Map<String, List<Double>> scores, List<String> wrong) {
        List<String> held = last.getImagesList().stream().map(ImageFindings::getSopInstanceUid).sorted().toList();
        if (!held.equals(study.images().stream().sorted().toList())) {
            wrong.add(who + "ends with the images " + held);
        }
        for (ImageFindings image : last.getImagesList()) {
            List<Double> own = image.getLinesList().stream().flatMap(line -> line.getScoresList().stream())
                    .map(score -> score.getProbability()).toList();
            if (image.getScope() != Scope.IN_SCOPE || own.isEmpty()) {
                wrong.add(who + "has " + image.getScope() + " for " + image.getSopInstanceUid());
            } else if (!isSame(scores.computeIfAbsent(image.getCanvasSha256(), canvas -> own), own)) {
                wrong.add(who + "scored " + image.getSopInstanceUid() + " " + own + ", the same canvas elsewhere "
                        + scores.get(image.getCanvasSha256()));
            }
        }
    }

    private static boolean isSame(List<Double> one, List<Double> other) {
        boolean same = one.size() == other.size();
        for (int i = 0; same && i < one.size(); i++) {
            same = Math.abs(one.get(i) - other.get(i)) <= ROUNDING;
        }
        return same;
    }
}
