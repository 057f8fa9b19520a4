package io.hilum.benchmarks.chaos.check;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a check counted. Owned by one thread. */
public final class Verdict {

    private static final int MOST_SENTENCES = 50;

    private final Map<Violation, Long> counts = new EnumMap<>(Violation.class);
    private final List<String> sentences = new ArrayList<>();
    private long images;
    private long studies;
    private long revisions;

    void add(Violation violation, long times, String sentence) {
        counts.merge(violation, times, Long::sum);
        if (sentences.size() < MOST_SENTENCES) {
            sentences.add(violation + ": " + sentence);
        }
    }

    void add(Violation violation, String sentence) {
        add(violation, 1, sentence);
    }

    void saw(long newImages, long newStudies, long newRevisions) {
        images += newImages;
        studies += newStudies;
        revisions += newRevisions;
    }

    public long count(Violation violation) {
        return counts.getOrDefault(violation, 0L);
    }

    /** Distinct images that were acknowledged. */
    public long images() {
        return images;
    }

    public long studies() {
        return studies;
    }

    public long revisions() {
        return revisions;
    }

    /** Whether nothing was found. A run of no images proves nothing, and does not hold. */
    public boolean holds() {
        return images > 0 && counts.isEmpty();
    }

    /** The first violations, a sentence each. */
    public List<String> sentences() {
        return List.copyOf(sentences);
    }
}
