package io.hilum.benchmarks.chaos.check;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a revision says: each image's digests and scores against the pixels that were sent, and each model's merged findings
 * against its images. No state but the verdict's.
 */
final class ContentCheck {

    private final Set<String> versions;
    private final boolean computed;
    private final Verdict verdict;

    /**
     * @param versions line and version of all released bundles
     * @param computed whether the scores are those of {@link Contents}; a real model's are not known here
     */
    ContentCheck(Set<String> versions, boolean computed, Verdict verdict) {
        this.versions = versions;
        this.computed = computed;
        this.verdict = verdict;
    }

    static String versionOf(String line, String version) {
        return line + " " + version;
    }

    /** @param sent images of the study that a revision must name, by SOP Instance UID */
    void check(Revision revision, Map<String, Sent> sent) {
        Map<String, Map<String, Double>> largest = new HashMap<>();
        for (Revision.Image image : revision.images()) {
            Sent of = sent.get(image.sop());
            if (of != null) {
                check(revision, image, of);
            }
            for (Revision.Scored line : image.lines()) {
                Map<String, Double> labels = largest.computeIfAbsent(versionOf(line.line(), line.version()), key -> new HashMap<>());
                line.probabilities().forEach((label, probability) -> labels.merge(label, probability, Math::max));
            }
        }
        Map<String, Map<String, Double>> merged = new HashMap<>();
        revision.lines().forEach(line -> merged.put(versionOf(line.line(), line.version()), line.probabilities()));
        if (!merged.equals(largest)) {
            verdict.add(Violation.WRONG_CONTENT, in(revision) + " merges its images to " + merged + ", not " + largest + ".");
        }
    }

    private void check(Revision revision, Revision.Image image, Sent sent) {
        String name = in(revision) + ", image " + image.sop();
        boolean lies = sent.kind() == Sent.Kind.LYING_HASH;
        if (!image.object().equals(sent.object()) || !lies && !image.canvas().equals(sent.canvas())) {
            verdict.add(Violation.WRONG_CONTENT, name + ", has digests of another image.");
        }
        String scope = sent.kind().isScored() ? "IN_SCOPE" : "NOT_SCORED";
        if (!image.scope().equals(scope) || image.lines().isEmpty() == sent.kind().isScored()) {
            verdict.add(Violation.WRONG_SCOPE, name + ", is " + image.scope() + " with scores of " + image.lines().size() + " models; it must be " + scope + ".");
        }
        for (Revision.Scored line : image.lines()) {
            if (!versions.contains(versionOf(line.line(), line.version()))) {
                verdict.add(Violation.WRONG_VERSION, name + ", was scored by " + line.line() + " " + line.version() + ", which was never released.");
            }
            if (computed) {
                line.probabilities().forEach((label, probability) -> {
                    double right = Contents.probability(line.version(), label, sent.canvas());
                    if (probability != right) {
                        verdict.add(Violation.WRONG_CONTENT, name + ", has " + label + " " + probability + " by " + line.version() + "; its pixels give " + right + ".");
                    }
                });
            }
        }
    }

    private static String in(Revision revision) {
        return "Revision " + revision.revision() + " of study " + revision.study();
    }
}
