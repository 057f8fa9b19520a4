package io.hilum.benchmarks.chaos.check;

import java.util.List;
import java.util.Map;

/**
 * A revision of a study's findings, in the order of its topic.
 *
 * @param partition of the findings, with {@code offset}
 * @param study the record's key
 * @param fresh SOP Instance UIDs of the images that it merged for the first time
 * @param lines each model's findings, merged over its images
 * @param emittedUs microseconds since the epoch
 */
public record Revision(int partition, long offset, String study, long revision, String status, List<String> fresh,
        List<Image> images, List<Scored> lines, long emittedUs) {

    /**
     * An image as the revision shows it.
     *
     * @param scope IN_SCOPE or NOT_SCORED
     */
    public record Image(String sop, String object, String canvas, String scope, List<Scored> lines) {}

    /**
     * What a model says.
     *
     * @param probabilities by label
     */
    public record Scored(String line, String version, Map<String, Double> probabilities) {}
}
