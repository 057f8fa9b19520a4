package io.hilum.benchmarks.chaos.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A run's files made by hand: two studies, the first of three images, the second with one image and poison. */
final class RunFolder {

    static final String LINE = "chaos";

    final List<Sent> sent = new ArrayList<>();
    final List<Released> released = new ArrayList<>(List.of(new Released(LINE, "v1", 1, "active", 1)));
    final List<Revision> findings = new ArrayList<>();
    final List<Letter> letters = new ArrayList<>();

    /** Nothing is wrong with it. */
    static RunFolder sound() {
        RunFolder run = new RunFolder();
        List<Revision.Image> first = new ArrayList<>();
        for (int image = 0; image < 3; image++) {
            run.sent.add(new Sent("hilum.images", 0, image, "A", "A." + image, "object", "canvas" + image, Sent.Kind.IMAGE, 0));
            first.add(scored("A." + image, "canvas" + image, "v1"));
            run.findings.add(revision(run.findings.size(), "A", image + 1, "PRELIMINARY", List.of("A." + image), first));
        }
        run.sent.add(new Sent("hilum.images", 0, 3, "A", "A.1", "object", "canvas1", Sent.Kind.DUPLICATE, 0));
        run.findings.add(revision(run.findings.size(), "A", 4, "FINAL", List.of(), first));

        run.sent.add(new Sent("hilum.images-stat", 0, 0, "B", "B.0", "object", "canvas9", Sent.Kind.IMAGE, 0));
        run.sent.add(new Sent("hilum.images-stat", 0, 1, "B", "", "", "", Sent.Kind.GARBAGE, 0));
        run.sent.add(new Sent("hilum.images-stat", 0, 2, "B", "B.1", "object", "canvas8", Sent.Kind.MARKED, 0));
        List<Revision.Image> second = new ArrayList<>(List.of(scored("B.0", "canvas9", "v1")));
        run.findings.add(revision(run.findings.size(), "B", 1, "PRELIMINARY", List.of("B.0"), second));
        second.add(new Revision.Image("B.1", "object", "canvas8", "NOT_SCORED", List.of()));
        run.findings.add(revision(run.findings.size(), "B", 2, "PRELIMINARY", List.of("B.1"), second));
        run.findings.add(revision(run.findings.size(), "B", 3, "FINAL", List.of(), second));
        run.letters.add(new Letter("unreadable-record", "hilum.images-stat", 0, 1, "B", ""));
        run.letters.add(new Letter("inference-failed", "hilum.images-stat", 0, 2, "B", "B.1"));
        return run;
    }

    static Revision.Image scored(String sop, String canvas, String version) {
        return new Revision.Image(sop, "object", canvas, "IN_SCOPE",
                List.of(new Revision.Scored(LINE, version, Map.of("Effusion", Contents.probability(version, "Effusion", canvas)))));
    }

    /** Its lines are merged from its images. */
    static Revision revision(long offset, String study, long number, String status, List<String> fresh, List<Revision.Image> images) {
        Map<String, Double> largest = new TreeMap<>();
        images.stream().flatMap(image -> image.lines().stream())
                .forEach(line -> largest.merge(line.version(), line.probabilities().get("Effusion"), Math::max));
        return new Revision(0, offset, study, number, status, fresh, List.copyOf(images), largest.entrySet().stream()
                .map(each -> new Revision.Scored(LINE, each.getKey(), Map.of("Effusion", each.getValue()))).toList(), 0);
    }

    Verdict check(Path folder) throws IOException {
        write(folder.resolve(Records.SENT), sent);
        write(folder.resolve(Records.RELEASED), released);
        write(folder.resolve(Records.FINDINGS), findings);
        write(folder.resolve(Records.LETTERS), letters);
        return Checker.check(folder, true);
    }

    private static void write(Path file, List<?> records) throws IOException {
        Files.write(file, records.stream().map(Records::line).toList());
    }
}
