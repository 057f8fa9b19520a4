package io.hilum.trainer.eval;

import io.hilum.model.card.DataSetMetrics;
import io.hilum.model.card.Interval;
import io.hilum.model.card.LabelMetrics;
import io.hilum.trainer.eval.report.CalibrationReport;
import io.hilum.trainer.eval.report.DecisionReport;
import io.hilum.trainer.eval.report.LabelReport;
import io.hilum.trainer.eval.report.SetReport;

/** The part of a report that travels with the model. */
final class CardMetrics {
    private CardMetrics() {}

    static DataSetMetrics of(SetReport set) {
        Interval mean = set.meanAuc();
        return new DataSetMetrics(set.name(), set.description(), set.films(), set.clusters(), mean == null ? null : mean.value(),
            set.labels().stream().map(CardMetrics::of).toList(), mean);
    }

    private static LabelMetrics of(LabelReport label) {
        if (!label.evaluated()) {
            return new LabelMetrics(label.label(), label.positives(), label.negatives(), null, null, null, null, label.heatMap(), null, null,
                null, null, null, null);
        }
        DecisionReport decision = label.decision();
        CalibrationReport after = label.after();
        return new LabelMetrics(label.label(), label.positives(), label.negatives(), label.auc(), after.brier(),
            decision == null ? null : decision.sensitivity(), decision == null ? null : decision.specificity(), label.heatMap(),
            label.averagePrecision(), decision == null ? null : decision.ppv(), decision == null ? null : decision.npv(), after.slope(),
            after.intercept(), after.reliability().ece());
    }
}
