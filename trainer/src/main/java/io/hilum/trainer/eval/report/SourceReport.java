package io.hilum.trainer.eval.report;

import io.hilum.model.card.Interval;
import java.util.List;

/**
 * Whether the score knows where a film came from. Films of one truth but of two sources should look alike to a score
 * that looks at the finding.
 *
 * @param rows scores of each source's films with and without the finding
 * @param pairs whether the score separates two sources within one truth
 * @param coincide no source has films of both kinds, so that nothing here can tell disease from source
 * @param sentence what follows, in words
 */
public record SourceReport(List<Row> rows, List<Pair> pairs, boolean coincide, String sentence) {
    /**
     * @param finding whether these films have the finding
     * @param quantiles 5, 25, 50, 75 and 95 % of the probability
     * @param flagged share at or above the operating point; null without one
     */
    public record Row(String source, boolean finding, int films, int clusters, double[] quantiles, Interval flagged) {}

    /**
     * @param finding whether these films have the finding
     * @param auc chance that a film of {@code first} scores above one of {@code second}; 0.5 when the score cannot tell them apart
     */
    public record Pair(boolean finding, String first, String second, int films, int others, Interval auc) {}

    public SourceReport {
        rows = List.copyOf(rows);
        pairs = List.copyOf(pairs);
    }
}
