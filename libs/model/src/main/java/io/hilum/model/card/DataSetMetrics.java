package io.hilum.model.card;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * Results on one data set.
 *
 * @param name short name, such as {@code held-out}
 * @param description what the films are, in one sentence
 * @param meanAuc over the labels that can be evaluated; null when none can
 * @param meanAucInterval the same with its 95 % interval, all labels resampled together; absent in older cards
 */
public record DataSetMetrics(String name, String description, int films, int clusters, Double meanAuc, List<LabelMetrics> labels,
        @JsonInclude(JsonInclude.Include.NON_NULL) Interval meanAucInterval) {
    public DataSetMetrics {
        labels = List.copyOf(labels);
    }
}
