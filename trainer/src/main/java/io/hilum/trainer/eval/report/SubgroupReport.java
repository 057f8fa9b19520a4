package io.hilum.trainer.eval.report;

import io.hilum.model.card.Interval;

/**
 * A label among the films of one group, at the same operating point as everywhere.
 *
 * @param attribute sex, age, view or source
 * @param status {@link LabelReport#NOT_EVALUABLE} with fewer than 20 films with or without the finding; then {@code auc} is null
 * @param sensitivity also given where only films with the finding are enough (20)
 * @param specificity also given where only films without are enough (20)
 * @param difference of the AUC to that of the {@code reference} group (the largest of the attribute that can be evaluated),
 *     both resampled together; null for that group itself
 */
public record SubgroupReport(String attribute, String group, int films, int clusters, int positives, int negatives, String status,
        Interval auc, Interval sensitivity, Interval specificity, Interval difference, String reference) {}
