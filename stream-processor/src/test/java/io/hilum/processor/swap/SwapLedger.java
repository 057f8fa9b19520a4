package io.hilum.processor.swap;

import io.hilum.contracts.event.ImageFindings;
import io.hilum.contracts.event.LineFindings;
import io.hilum.contracts.event.LineScores;
import io.hilum.contracts.event.StudyFindings;
import io.hilum.processor.TestImages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.LongStream;

/** Compares what was sent with what a subscriber saw: nothing lost or repeated, and each score that of the version it names. */
final class SwapLedger {

    private SwapLedger() {}

    /** The grey of every pixel of an image. */
    static int grey(int study, int image) {
        return Math.floorMod(study * 7 + image, 256);
    }

    /**
     * @param versions that may have scored these studies
     * @param made whether this version may come from this engine
     */
    static List<String> differences(Map<String, List<StudyFindings>> seen, int from, int to, int imagesEach,
            Set<String> versions, BiPredicate<String, String> made) {
        List<String> wrong = new ArrayList<>();
        for (int study = from; study < to; study++) {
            List<StudyFindings> revisions = seen.getOrDefault(TestImages.study(study), List.of());
            List<Long> numbers = revisions.stream().map(StudyFindings::getRevision).toList();
            if (!numbers.equals(LongStream.rangeClosed(1, imagesEach).boxed().toList())) {
                wrong.add("study " + study + " has the revisions " + numbers);
                continue;
            }
            for (int image = 0; image < imagesEach; image++) {
                List<String> fresh = revisions.get(image).getNewSopInstanceUidsList();
                if (!fresh.equals(List.of(TestImages.sop(study, image)))) {
                    wrong.add("study " + study + " revision " + (image + 1) + " names " + fresh);
                }
            }
            compare(study, revisions.get(imagesEach - 1), versions, made, wrong);
        }
        return wrong;
    }

    private static void compare(int study, StudyFindings last, Set<String> versions, BiPredicate<String, String> made, List<String> wrong) {
        for (ImageFindings image : last.getImagesList()) {
            int number = Integer.parseInt(image.getSopInstanceUid().substring(TestImages.study(study).length() + 1));
            for (LineScores line : image.getLinesList()) {
                double expected = PixelEngine.probability(grey(study, number), line.getVersion());
                if (line.getScores(0).getProbability() != expected || !versions.contains(line.getVersion())) {
                    wrong.add("study " + study + " image " + number + " was given " + line.getScores(0).getProbability()
                            + " by version " + line.getVersion() + "; it would give " + expected + ", and " + versions + " may");
                }
            }
            if (image.getLinesCount() != 1) {
                wrong.add("study " + study + " image " + number + " was scored by " + image.getLinesCount() + " models");
            }
        }
        for (LineFindings line : last.getLinesList()) {
            if (!made.test(line.getModel().getVersion(), line.getModel().getEngine())) {
                wrong.add("study " + study + " names version " + line.getModel().getVersion() + " " + line.getModel().getEngine());
            }
        }
    }
}
