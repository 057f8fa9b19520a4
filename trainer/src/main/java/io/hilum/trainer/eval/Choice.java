package io.hilum.trainer.eval;

import io.hilum.model.card.Calibration;
import io.hilum.model.card.LabelCard;
import io.hilum.model.card.Softmax;
import io.hilum.model.weights.Half;
import io.hilum.trainer.eval.calibration.Platt;
import io.hilum.trainer.eval.calibration.Temperature;
import io.hilum.model.metric.ClusterBootstrap;
import io.hilum.model.metric.RankedScores;
import io.hilum.trainer.eval.report.LabelChoice;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that is chosen before the test films are looked at: calibration and operating point of each label, from
 * validation films alone.
 *
 * @param softmax of a model that names exactly one label; null where labels are independent
 * @param labels one a label
 * @param half the reference's way: sigmoid of each logit, in half precision, so that ties occur
 */
record Choice(Softmax softmax, List<LabelChoice> labels, boolean half) {
    /** With fewer films that have, or lack, the finding, nothing is said about the label. */
    static final int MIN_EACH = 20;

    Choice {
        labels = List.copyOf(labels);
    }

    /** @param target sensitivity of the operating points */
    static Choice fit(MeasuredFilms valid, boolean singleLabel, CalibrationMethod method, double target, ClusterBootstrap bootstrap) {
        boolean shared = singleLabel && method == CalibrationMethod.TEMPERATURE;
        Softmax softmax = !singleLabel ? null : shared ? Temperature.fitClasses(valid.logits(), valid.classes()) : new Softmax(1);
        List<LabelChoice> out = new ArrayList<>();
        for (int l = 0; l < valid.labels().size(); l++) {
            double[] scores = scores(valid, l, softmax);
            int[] truth = valid.truth(l);
            RankedScores raw = RankedScores.of(scores, truth);
            boolean enough = raw.positives() >= MIN_EACH && raw.negatives() >= MIN_EACH;
            Calibration calibration = !enough || shared ? Calibration.NONE : switch (method) {
                case PLATT -> Platt.fit(scores, truth);
                case TEMPERATURE -> Temperature.fit(scores, truth);
                case NONE -> Calibration.NONE;
            };
            RankedScores ranked = RankedScores.of(probabilities(scores, calibration), truth);
            var found = OperatingPoints.find(ranked, bootstrap, target);
            out.add(new LabelChoice(new LabelCard(valid.labels().get(l), calibration, found.point()), raw.positives(), raw.negatives(), found.why()));
        }
        return new Choice(softmax, out, false);
    }

    /** Nothing is chosen: scores as the reference's code has them, no calibration and no thresholds. */
    static Choice paper(List<String> labels) {
        return new Choice(null, labels.stream()
            .map(name -> new LabelChoice(new LabelCard(name, Calibration.NONE, null), 0, 0, "The reference sets no threshold.")).toList(), true);
    }

    /** What is served: the calibrated probability of a label. */
    double[] probability(MeasuredFilms films, int label) {
        if (half) {
            return halves(films, label);
        }
        return probabilities(scores(films, label, softmax), labels.get(label).card().calibration());
    }

    /** The probability as the network gives it. */
    double[] uncalibrated(MeasuredFilms films, int label) {
        return half ? halves(films, label) : probabilities(scores(films, label, softmax == null ? null : new Softmax(1)), Calibration.NONE);
    }

    private static double[] scores(MeasuredFilms films, int label, Softmax softmax) {
        double[] out = new double[films.films()];
        for (int i = 0; i < out.length; i++) {
            out[i] = softmax == null ? films.logits()[i][label] : softmax.logOdds(films.logits()[i])[label];
        }
        return out;
    }

    private static double[] probabilities(double[] scores, Calibration calibration) {
        return java.util.Arrays.stream(scores).map(calibration::probability).toArray();
    }

    private static double[] halves(MeasuredFilms films, int label) {
        double[] out = new double[films.films()];
        for (int i = 0; i < out.length; i++) {
            float logit = Half.toFloat(Half.fromFloat(films.logits()[i][label]));
            out[i] = Half.toFloat(Half.fromFloat((float) (1 / (1 + Math.exp(-logit)))));
        }
        return out;
    }
}
