package io.hilum.model.card;

import java.util.List;

/**
 * Results on one data set.
 *
 * @param name short name, such as {@code held-out}
 * @param description what the films are, in one sentence
 */
public record DataSetMetrics(String name, String description, int films, int clusters, Double meanAuc, List<LabelMetrics> labels) {
    public DataSetMetrics {
        labels = List.copyOf(labels);
    }
}
