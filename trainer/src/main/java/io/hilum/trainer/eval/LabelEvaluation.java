package io.hilum.trainer.eval;

import io.hilum.trainer.eval.calibration.Platt;
import io.hilum.trainer.eval.metric.ClusterBootstrap;
import io.hilum.model.card.Calibration;
import io.hilum.model.card.DataSetMetrics;
import io.hilum.model.card.HeatMapScore;
import io.hilum.model.card.Interval;
import io.hilum.model.card.LabelCard;
import io.hilum.model.card.LabelMetrics;
import io.hilum.model.card.OperatingPoint;
import java.util.ArrayList;
import java.util.List;

/** Measures labels: on the validation films what to do with a score, on all other films how good that is. */
final class LabelEvaluation {
    /** With fewer films that have, or lack, the finding, nothing is said about the label. */
    static final int MIN_EACH = 20;
    private static final long SEED = 2026;

    private LabelEvaluation() {}

    /** Calibration and operating point of each label, from films that the training did not learn from. */
    static List<LabelCard> fit(Predictions valid, double targetSensitivity) {
        List<LabelCard> out = new ArrayList<>();
        List<String> names = valid.cache().labelNames();
        for (int l = 0; l < names.size(); l++) {
            Scores raw = Scores.of(valid, l, Calibration.NONE);
            boolean enough = raw.positives() >= MIN_EACH && raw.negatives() >= MIN_EACH;
            Calibration calibration = enough ? Platt.fit(valid.scores(l), valid.truth(l)) : Calibration.NONE;
            Scores scores = Scores.of(valid, l, calibration);
            OperatingPoint point = OperatingPoints.find(scores, new ClusterBootstrap(scores.cluster(), SEED), targetSensitivity);
            out.add(new LabelCard(names.get(l), calibration, point));
        }
        return out;
    }

    /** @param heatMaps one a label, null where nothing is known */
    static DataSetMetrics measure(String name, Predictions predictions, List<LabelCard> labels, HeatMapScore[] heatMaps) {
        List<LabelMetrics> out = new ArrayList<>();
        double sum = 0;
        int counted = 0;
        for (int l = 0; l < labels.size(); l++) {
            LabelCard label = labels.get(l);
            Scores scores = Scores.of(predictions, l, label.calibration());
            int positives = scores.positives();
            int negatives = scores.negatives();
            if (positives < MIN_EACH || negatives < MIN_EACH) {
                out.add(new LabelMetrics(label.name(), positives, negatives, null, null, null, null, heatMaps[l]));
                continue;
            }
            var bootstrap = new ClusterBootstrap(scores.cluster(), SEED);
            Interval auc = bootstrap.of(scores::auc);
            OperatingPoint point = label.operatingPoint();
            out.add(new LabelMetrics(label.name(), positives, negatives, auc, bootstrap.of(scores::brier),
                point == null ? null : OperatingPoints.sensitivity(scores, bootstrap, point.threshold()),
                point == null ? null : OperatingPoints.specificity(scores, bootstrap, point.threshold()), heatMaps[l]));
            sum += auc.value();
            counted++;
        }
        long[] clusters = new long[predictions.films().films()];
        for (int i = 0; i < clusters.length; i++) {
            clusters[i] = predictions.films().cluster(i);
        }
        return new DataSetMetrics(name, predictions.cache().description(), clusters.length,
            new ClusterBootstrap(clusters, SEED).clusters(), counted == 0 ? null : sum / counted, out);
    }
}
