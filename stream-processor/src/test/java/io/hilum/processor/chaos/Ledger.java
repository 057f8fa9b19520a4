package io.hilum.processor.chaos;

import io.hilum.contracts.event.Finding;
import io.hilum.contracts.event.ImageFindings;
import io.hilum.contracts.event.StudyFindings;
import io.hilum.processor.FakeScorer;
import io.hilum.processor.TestImages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Compares what was sent with what a subscriber saw; every difference is a sentence. */
public final class Ledger {

    private Ledger() {}

    /**
     * Every study must have one revision an image, numbered 1, 2, 3 ... without gap or repetition, each naming
     * the next image in the order sent, the last one holding all of them merged.
     */
    public static List<String> differences(Map<String, List<StudyFindings>> seen, int studies, int imagesEach) {
        List<String> wrong = new ArrayList<>();
        for (int study = 0; study < studies; study++) {
            List<StudyFindings> revisions = seen.getOrDefault(TestImages.study(study), List.of());
            List<Long> numbers = revisions.stream().map(StudyFindings::getRevision).toList();
            List<Long> expected = IntStream.rangeClosed(1, imagesEach).mapToObj(Long::valueOf).toList();
            if (!numbers.equals(expected)) {
                wrong.add("study " + study + " has the revisions " + numbers);
                continue;
            }
            for (int image = 0; image < imagesEach; image++) {
                List<String> fresh = revisions.get(image).getNewSopInstanceUidsList();
                if (!fresh.equals(List.of(TestImages.sop(study, image)))) {
                    wrong.add("study " + study + " revision " + (image + 1) + " names " + fresh);
                }
            }
            StudyFindings last = revisions.get(imagesEach - 1);
            if (last.getImagesList().stream().map(ImageFindings::getSopInstanceUid).distinct().count() != imagesEach) {
                wrong.add("study " + study + " ends with " + last.getImagesCount() + " images");
            }
            int number = study;
            double largest = IntStream.range(0, imagesEach)
                    .mapToDouble(image -> FakeScorer.probabilityOf(TestImages.sop(number, image))).max().orElseThrow();
            double merged = last.getLinesList().stream().flatMap(line -> line.getFindingsList().stream())
                    .mapToDouble(Finding::getProbability).findFirst().orElse(-1);
            if (merged != largest) {
                wrong.add("study " + study + " merged to " + merged + ", not " + largest);
            }
        }
        return wrong;
    }
}
